import { LIMITS } from '../../../src/validation';
import { type Changes } from '../support/a-release';
import { type Family, times } from './hostile-case';
import { files, release } from './releases';

const LIMIT = 'limit-exceeded';
const MANY = LIMITS.files - 10;
const fill = (count: number, ending: string, content: () => string | Uint8Array): Changes =>
  Object.fromEntries(times(count, (at) => [`f/${at}.${ending}`, content()]));
/** The largest text of lines that are as usual, and what a prompt may look like to whoever reads prompts. */
const prose = (bytes: number): string =>
  '## Output must include\n- `name` (one of: a | b): "<integer>"\n```json\n{"a": ..., }\n```\n'.repeat(bytes / 90);

export const family: Family = {
  row: 'J14 too much',
  cases: [
    files('a file of a byte too many', () => ({ 'a.txt': new Uint8Array(LIMITS.fileBytes + 1) }), LIMIT),
    files('a YAML file of a byte too many', () => ({ 'a.yaml': Buffer.alloc(LIMITS.yamlBytes + 1, '#') }), LIMIT),
    release('more files than are read', () => fill(LIMITS.files, 'txt', () => 'x'), LIMIT),
    release('10,000 files', () => fill(10_000, 'txt', () => ''), LIMIT),
    release(
      '17 MiB that would compress to nothing',
      () => fill(17, 'txt', () => new Uint8Array(LIMITS.fileBytes)),
      LIMIT,
    ),
    files('more lines than are read', () => ({ 'a.txt': '\n'.repeat(LIMITS.lines) }), LIMIT),
    files('a line longer than is read', () => ({ 'a.md': 'a'.repeat(LIMITS.lineLength + 1) }), LIMIT),
    files('a line as long as is read', () => ({ 'a.prompt.txt': 'a'.repeat(LIMITS.lineLength) }), 'verdict'),
    ...[
      'a ',
      '"',
      '|',
      '(',
      '- ',
      '`',
      '{',
      '$',
      '<',
      '...',
      '#',
      '**',
      ':',
      '\\',
      ', ',
      'a(',
      '{"a": ',
      '```',
      '$$A',
    ].map((unit) =>
      files(
        `a line of ${JSON.stringify(unit)} as long as is read`,
        () => ({ 'prompts/a.prompt.txt': unit.repeat(Math.floor(LIMITS.lineLength / unit.length)) }),
        'verdict',
      ),
    ),
    ...['-', '# a', '```', '{', '- a', '  - a', '|', '1. a', 'Output:'].map((line) =>
      files(
        `as many lines ${JSON.stringify(line)} as are read`,
        () => ({ 'prompts/a.prompt.txt': `${line}\n`.repeat(LIMITS.lines - 1) }),
        'verdict',
      ),
    ),
    files(
      'the task prompt as large as is read',
      () => ({ 'prompts/task.prompt.txt': prose(LIMITS.fileBytes - 200) }),
      'verdict',
    ),
    release(
      `${MANY} files of 32 KiB of text`,
      () => fill(MANY, 'txt', () => 'some words in a line\n'.repeat(1_560)),
      'verdict',
    ),
    release(
      '15 files of 1 MiB of text',
      () => fill(15, 'txt', () => 'some words in a line\n'.repeat(49_900)),
      'verdict',
    ),
    release(
      '15 files of 1 MiB that are no text',
      () => fill(15, 'txt', () => Buffer.alloc(LIMITS.fileBytes, 0xff)),
      'text-not-utf8',
    ),
    release(
      '15 files of 1 MiB of one line of JSON',
      () => fill(15, 'json', () => JSON.stringify('x'.repeat(LIMITS.fileBytes - 2))),
      'verdict',
    ),
  ],
};
