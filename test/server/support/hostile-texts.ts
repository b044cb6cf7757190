/** Texts that must not get past the edge, by what they pretend to be. */
export const HOSTILE = {
  /** One-line texts of people: reasons, messages, keys. */
  line: [
    'two\nlines',
    'carriage\rreturn',
    'nul\u0000',
    'tab\there',
    'bidi\u202Eoverride',
    'line\u2028separator',
    'escape\u001B[2J',
    'half \uD800',
    'x'.repeat(501),
  ],
  /** Ids of packages and drafts. */
  id: [
    ...[
      '',
      '..',
      '../x',
      '/etc',
      'a/b/c',
      'a\\b',
      'Upper',
      '.git',
      'a..b',
      'ends.',
      'refs.lock',
      'nul\u0000',
      'new\nline',
    ],
    ...['-rf', 'naïve', 'a/../b', 'a/.git', 'spa ce', '\uD800', '__proto__', 'x'.repeat(65)],
  ],
  version: [
    ...['', '1', '1.0', 'v1.0.0', '01.0.0', '1.0.0+build', '../1.0.0', '1.0.0/..', '1.0.0\n', ' 1.0.0', 'latest'],
    ...['1.0.0-\u0000', `1.0.0-${'x'.repeat(80)}`],
  ],
  /** Paths of files in a release. */
  path: [
    ...['', '..', '../x', 'a/../b', './a', '/etc/passwd', 'C:\\x', 'a\\b', 'a//b', 'a/', 'ends.', 'ends ', '-option'],
    ...[
      '.git',
      '.git/config',
      'a/.git/hooks/x',
      '.GIT/config',
      '.gitmodules',
      '.gitattributes',
      '.git ',
      '.git.',
      'GIT~1',
    ],
    ...[
      '.g\u200Cit/config',
      'nul\u0000',
      'new\nline',
      'tab\tx',
      'a\u202Eb',
      'e\u0301',
      'half\uD800',
      'a:b',
      'a*',
      'a|x',
    ],
    'x'.repeat(241),
  ],
} as const;
