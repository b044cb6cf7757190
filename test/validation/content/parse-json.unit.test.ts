import fc from 'fast-check';
import { lineTable } from '../../../src/validation/content/line-table';
import { parseJson } from '../../../src/validation/content/parse-json';
import { nodeAtPointer, valueOf } from '../../../src/validation/content/source-node';

describe('parseJson', () => {
  it('reads what JSON.parse reads, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 6 }).filter((text) => !text.includes('__proto__')),
        (text) => {
          const { root, problems } = parseJson(text);

          expect(problems).toEqual([]);
          expect(root === null ? undefined : valueOf(root)).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('accepts no text that JSON.parse refuses', () => {
    const alphabet = fc.constantFrom(
      ...'{}[]":,\\u0012-+.eE tnl/*#\u00a0\n\t\r\u0001'.split(''),
      'true',
      'null',
      '"a"',
    );
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 12 }).map((parts) => parts.join('')),
        (text) => {
          if (parseJson(text).root === null) return;
          expect(() => JSON.parse(text) as unknown).not.toThrow();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('knows where each value stands', () => {
    const text = '{\n  "a/b": [1, {"é": "x"}]\n}';
    const { root } = parseJson(text);
    const node = root === null ? undefined : nodeAtPointer(root, '/a~1b/1/é');

    expect(node).toMatchObject({ pointer: '/a~1b/1/é', value: 'x' });
    expect(lineTable(text)(node?.start ?? 0)).toEqual({ line: 2, column: 20 });
  });

  it.each([
    ['{"a": 1,}', 'a key in double quotes is expected'],
    ['{"a" 1}', 'a colon is expected'],
    ['{"a": 1', 'a closing brace is missing'],
    ['[1', 'a closing bracket is missing'],
    ['[1] [2]', 'there is more text after the value'],
    ['// no\n1', 'comments are not allowed'],
    ['"a', 'a closing quote is missing'],
    ['"\\q"', 'unknown escape in a text'],
    ['"\\u12"', 'malformed unicode escape'],
    ['"a\tb"', 'a control character has to be escaped'],
    ['1e400', 'The number is too large'],
  ])('refuses %j and says why', (text, why) => {
    const { root, problems } = parseJson(text);

    expect(root).toBeNull();
    expect(problems[0]?.message).toContain(why);
  });
});
