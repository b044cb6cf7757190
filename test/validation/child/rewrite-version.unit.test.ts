import fc from 'fast-check';
import { rewriteVersion } from '../../../src/validation/child/rewrite-version';
import { readManifest } from '../../../src/validation/child/read-manifest';
import { DOCUMENT_TYPE, MANIFEST } from '../support/a-release';

const rewrite = (manifest: string | Buffer, version = '1.5.0', layout = DOCUMENT_TYPE) =>
  rewriteVersion({ bytes: Buffer.from(manifest), layout, version });
const rewritten = (manifest: string | Buffer, version?: string): string => {
  const result = rewrite(manifest, version);
  return result.ok ? Buffer.from(result.bytes).toString('utf8') : result.why;
};

describe('rewriteVersion', () => {
  it.each([
    ['version: 1.4.0', 'version: 1.5.0'],
    ['version: "1.4.0"  # now', 'version: "1.5.0"  # now'],
    ["version:   '1.4.0'", "version:   '1.5.0'"],
    ['version: 1.4', 'version: 1.5.0'],
    ['"version" : 1.4.0\r\nname: x\r\n', '"version" : 1.5.0\r\nname: x\r\n'],
    ['{name: é, version: 1.4.0}', '{name: é, version: 1.5.0}'],
    ['name: "\u{1F600}é" # ü\nversion: 1.4.0\nlast: ß', 'name: "\u{1F600}é" # ü\nversion: 1.5.0\nlast: ß'],
    ['\uFEFFversion: 1.4.0\n', '\uFEFFversion: 1.5.0\n'],
    [
      '# version: 1.4.0\nnested:\n  version: 1.4.0\nversion: 1.4.0',
      '# version: 1.4.0\nnested:\n  version: 1.4.0\nversion: 1.5.0',
    ],
    ['version:\n  1.4.0\n', 'version:\n  1.5.0\n'],
  ])('of %j gives %j', (from, to) => {
    expect(rewritten(from)).toBe(to);
  });

  it('changes the bytes of the version only, whatever stands around it', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '# comment é',
        '',
        'list:\r\n  - a\r\n  - b',
        'flow: [1, {a: b}]',
        'block: |\n  version: 9.9.9\n  x',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `text: ${JSON.stringify(text)}`),
    );
    const manifest = fc.record({
      before: fc.uniqueArray(line, { selector: (text) => text.split(':')[0], maxLength: 4 }),
      after: fc.uniqueArray(line, { selector: (text) => text.split(':')[0], maxLength: 4 }),
      quote: fc.constantFrom('', '"', "'"),
      end: fc.constantFrom('', '\n', '\r\n', ' # c\n'),
    });
    const version = fc
      .tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.constantFrom('', '-rc.1', '-alpha'))
      .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);

    fc.assert(
      fc.property(manifest, version, version, ({ before, after, quote, end }, from, to) => {
        const keyed = (texts: readonly string[], prefix: string): string =>
          texts.map((text) => (/^[a-z]/.test(text) ? prefix + text : text) + '\n').join('');
        const head = keyed(before, 'b_') + `version: ${quote}`;
        const tail = `${quote}${end === '' && after.length > 0 ? '\n' : end}${keyed(after, 'a_')}`;

        expect(rewritten(head + from + tail, to)).toBe(head + to + tail);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves a manifest without a version key as it is', () => {
    const bytes = Buffer.from('not: [yaml');
    expect(rewriteVersion({ bytes, layout: { ...DOCUMENT_TYPE, version: null }, version: '1.5.0' })).toEqual({
      ok: true,
      bytes,
    });
  });

  it('rewrites JSON as JSON', () => {
    const result = rewrite('{"version": "1.4.0",\t"a": 1}', '1.5.0', {
      file: 'meta.json',
      id: null,
      version: 'version',
    });
    expect(result.ok && Buffer.from(result.bytes).toString()).toBe('{"version": "1.5.0",\t"a": 1}');
  });

  it.each([
    ['a: 1', null, 'Add the key version'],
    ['a: 1\nversion:\n', 2, 'one line'],
    ['version: null', 1, 'one line'],
    ['version: [1]', 1, 'one line'],
    ['version: |\n  1.4.0\n', 1, 'one line'],
    ['a: 1\nversion: &v 1.4.0', 2, 'an anchor'],
    ['a: 1\nb: [', 2, 'not YAML'],
    ['- a', 1, 'not a mapping'],
    ['version: 1.0.0\nversion: 2.0.0', 2, 'Remove one of the two keys'],
  ])('refuses %j at line %j', (manifest, line, why) => {
    expect(rewrite(manifest)).toMatchObject({ ok: false, line, why: expect.stringContaining(why) as string });
  });

  it('refuses what is not UTF-8', () => {
    expect(rewrite(Buffer.from([0x76, 0xff]))).toMatchObject({ ok: false, line: null });
  });
});

describe('readManifest', () => {
  const facts = (manifest: string) => readManifest({ bytes: Buffer.from(manifest), layout: DOCUMENT_TYPE });

  it('tells the display name and the required inputs, sorted and each once', () => {
    expect(facts(MANIFEST)).toEqual({ displayName: 'Project Brief', requires: ['intake'], unreadable: null });
    expect(facts('required_inputs: [b, a, roles/x, b, Not An Id, 7, null]').requires).toEqual(['a', 'b', 'roles/x']);
  });

  it.each(['', '[', 'a: &x 1', 'display_name: 7\nrequired_inputs: x', 'display_name: "two\\nlines"', '\u0000'])(
    'knows nothing of %j',
    (manifest) => {
      expect(facts(manifest)).toMatchObject({ displayName: null, requires: [] });
    },
  );

  it('tells why it cannot read one, and where', () => {
    expect(facts('display_name: 7\nrequired_inputs: x').unreadable).toBeNull();
    expect(facts('doc_type_id: a\nrequired_inputs: [\n').unreadable).toMatchObject({ line: 3 });
    expect(facts('a: 1\na: 2\n').unreadable).toMatchObject({ line: 2 });
    const why = 'The manifest is not a mapping of keys to values.';
    expect(facts('\n- a\n').unreadable).toEqual({ line: 2, why });
  });
});
