import { parseJson } from '../../../src/validation/content/parse-json';
import { compileEffort } from '../../../src/validation/schema/compile-effort';
import { indexReferences } from '../../../src/validation/schema/schema-references';

const effortOf = (schema: unknown, most = 1_000_000): ReturnType<typeof compileEffort> => {
  const { root } = parseJson(JSON.stringify(schema));
  if (root === null) throw new Error('This is not JSON.');
  const document = { path: 'a.json', root };
  const references = indexReferences([document]).referencesOf(document);
  return compileEffort(root, new Map(references.map(({ node, target }) => [node, target])), most);
};
const ref = (name: string): unknown => ({ $ref: `#/$defs/${name}` });

describe('compileEffort', () => {
  it('counts schemas and how deep they stand', () => {
    expect(effortOf({ properties: { a: { items: {} }, b: {} } })).toEqual({ schemas: 4, depth: 3 });
  });

  it('counts a definition where something refers to it, once, and nothing else of the definitions', () => {
    const $defs = { a: { items: {} }, unused: { items: { items: {} } } };

    expect(effortOf({ $defs })).toEqual({ schemas: 1, depth: 1 });
    expect(effortOf({ $defs, allOf: [ref('a')] })).toEqual({ schemas: 2 + 4 + 2, depth: 2 + 2 });
    expect(effortOf({ $defs, allOf: [ref('a'), ref('a')] })).toEqual({ schemas: 3 + 4 + 2, depth: 2 + 2 });
  });

  it('counts what stands inside of several definitions for each of them', () => {
    const $defs = { a: { items: { items: {} } } };
    const allOf = [ref('a'), ref('a/items'), ref('a/items/items')];

    expect(effortOf({ $defs, allOf }).schemas).toBe(4 + 3 * 4 + 3 + 2 + 1);
  });

  it('takes definitions in a circle for as deep as all of them, and adds what they lead to', () => {
    const $defs = { a: { items: ref('b') }, b: { items: ref('a'), not: ref('c') }, c: { items: { items: {} } } };

    expect(effortOf({ $defs, ...(ref('a') as object) }).depth).toBe(1 + (2 + 2) + 3);
  });

  it('follows the longer of two ways to one definition', () => {
    const $defs = { a: ref('b'), b: ref('c'), c: {} };

    expect(effortOf({ $defs, allOf: [ref('c'), ref('a')] }).depth).toBe(2 + 3);
  });

  it('is done when there is more than it was asked for', () => {
    expect(effortOf({ anyOf: Array.from({ length: 90_000 }, () => true) }, 10).schemas).toBe(11);
  });
});
