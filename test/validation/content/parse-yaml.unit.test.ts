import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseYaml } from '../../../src/validation/content/parse-yaml';
import { valueOf } from '../../../src/validation/content/source-node';

const valueIn = (text: string): unknown => {
  const { root } = parseYaml(text);
  return root === null ? undefined : valueOf(root);
};

describe('parseYaml', () => {
  it('reads back any JSON value that was written as YAML', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = stringify(value, { aliasDuplicateObjects: false });
        fc.pre(!/__proto__|<</.test(text));
        // JSON has no negative zero of its own.
        expect(JSON.stringify(valueIn(text))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('reads words of older YAML as the texts they are', () => {
    expect(valueIn('a: no\nb: on\nc: 2026-01-01\nd: 1.10.0\n12: x')).toEqual({
      a: 'no',
      b: 'on',
      c: '2026-01-01',
      d: '1.10.0',
      '12': 'x',
    });
  });

  it.each([
    ['a: &x 1', 'a: &x 1', 'feature'],
    ['a: *x', 'a: *x', 'feature'],
    ['<<: {a: 1}', '<<: {a: 1}', 'feature'],
    ['a: !!binary aGk=', 'a: !!binary aGk=', 'feature'],
    ['a: !js/function x', 'a: !js/function x', 'feature'],
    ['%YAML 1.1\n---\na: 1', '%YAML 1.1\n---\na: 1', 'feature'],
    ['a: 1\n---\nb: 2', 'a: 1\n---\nb: 2', 'feature'],
    ['a: 1\na: 2', 'a: 1\na: 2', 'duplicate-key'],
    ['{a: 1, "a": 2}', '{a: 1, "a": 2}', 'duplicate-key'],
    ['__proto__: 1', '__proto__: 1', 'reserved-key'],
    ['a: .inf', 'a: .inf', 'syntax'],
    ['[a]: 1', '[a]: 1', 'syntax'],
    ['\ta: 1', '\ta: 1', 'syntax'],
    ['a: "b', 'a: "b', 'syntax'],
    ['a: b: c', 'a: b: c', 'syntax'],
    ['open brackets', '['.repeat(100_000), 'limit'],
    ['dashes', '- '.repeat(100_000), 'limit'],
    ['question marks', '? '.repeat(100_000), 'limit'],
    ['maps in maps', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'limit'],
    ['quotes', '"'.repeat(200_001), 'limit'],
    ['a long list', `[${'a,'.repeat(100_000)}]`, 'limit'],
  ])('refuses %j', (_, text, kind) => {
    const { root, problems } = parseYaml(text);

    expect(root).toBeNull();
    expect(problems[0]?.kind).toBe(kind);
  });
});
