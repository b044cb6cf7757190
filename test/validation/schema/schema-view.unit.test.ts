import { readReleaseFile } from '../../../src/validation/content/release-file';
import { createSchemaCompiler } from '../../../src/validation/schema/compile-schema';
import { inspectSchemas } from '../../../src/validation/schema/inspect-schemas';
import { schemaViews } from '../../../src/validation/schema/schema-view';

const compiler = createSchemaCompiler();

/** Views over schema files, and the view of the first one's root. */
function viewsOf(...schemas: readonly object[]) {
  const files = schemas.map((schema, at) =>
    readReleaseFile({ path: `${String(at)}.schema.json`, bytes: Buffer.from(JSON.stringify(schema)) }, 'json'),
  );
  const inspections = inspectSchemas(files, compiler);
  const views = schemaViews(inspections);
  return { views, root: views.of(inspections[0]!.root) };
}

const TEXT = { type: 'string' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

describe('a view of a schema', () => {
  it('sees properties through $ref, allOf and alternatives, with their order', () => {
    const { views, root } = viewsOf({
      $ref: '#/$defs/base',
      allOf: [object({ b: TEXT })],
      oneOf: [object({ c: TEXT }), object({ d: TEXT })],
      $defs: { base: object({ a: TEXT }) },
    });

    expect([...views.properties(root).keys()]).toEqual(['a', 'b', 'c', 'd']);
    expect(root.map(({ certain }) => certain)).toEqual([true, true, true, false, false]);
  });

  it('follows draft-07 definitions and references to another file of the release', () => {
    const { views, root } = viewsOf(
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        allOf: [{ $ref: '#/definitions/a' }, { $ref: '1.schema.json#/$defs/b' }],
        definitions: { a: object({ a: TEXT }) },
      },
      { $defs: { b: object({ b: { $ref: '#/$defs/c' } }), c: object({ c: TEXT }) } },
    );

    const b = views.property(root, 'b')!;
    expect([...views.properties(root).keys()]).toEqual(['a', 'b']);
    expect(views.property(b, 'c')).not.toBeNull();
  });

  it('steps into items, also of a tuple, and of a list that is referred to', () => {
    const { views, root } = viewsOf(
      object(
        {
          list: { $ref: '#/$defs/list' },
          tuple: { prefixItems: [object({ x: TEXT })], items: object({ y: TEXT }) },
        },
        { $defs: { list: { type: 'array', items: { allOf: [object({ z: TEXT })] } } } },
      ),
    );
    const itemsOf = (name: string) => [...views.properties(views.items(views.property(root, name)!)!).keys()];

    expect(itemsOf('list')).toEqual(['z']);
    expect(itemsOf('tuple')).toEqual(['x', 'y']);
    expect(views.items(root)).toBeNull();
  });

  it('ends where a schema refers to itself', () => {
    const { views, root } = viewsOf(object({ child: { $ref: '#' }, other: TEXT }));
    const child = views.property(views.property(views.property(root, 'child')!, 'child')!, 'other');

    expect(child).not.toBeNull();
  });

  it('ends where alternatives lead back to themselves', () => {
    const { views, root } = viewsOf({ anyOf: [{ $ref: '#' }, { oneOf: [{ $ref: '#' }] }], required: ['a'] });

    expect([...views.required(root).keys()]).toEqual(['a']);
    expect(views.openness(root, 'x')).toBe('open');
  });

  it('requires what is required for certain: here, by allOf, or by every alternative', () => {
    const { views, root } = viewsOf({
      required: ['a'],
      allOf: [{ required: ['b'] }],
      anyOf: [{ required: ['c', 'd'] }, { required: ['d', 'e'] }],
      if: { required: ['f'] },
    });

    expect([...views.required(root).keys()]).toEqual(['a', 'b', 'd']);
  });

  it.each([
    ['open', object({ a: TEXT })],
    ['closed', object({ a: TEXT }, { additionalProperties: false })],
    ['closed', object({ a: TEXT }, { unevaluatedProperties: false })],
    ['open', object({}, { additionalProperties: false, patternProperties: { '^x': TEXT } })],
    ['open', object({}, { unevaluatedProperties: false, allOf: [{ patternProperties: { '^x': TEXT } }] })],
    ['closed', { allOf: [{ $ref: '#/$defs/a' }], $defs: { a: object({}, { additionalProperties: false }) } }],
    ['open', { anyOf: [object({}, { additionalProperties: false }), object({})] }],
    ['closed', { anyOf: [object({}, { additionalProperties: false }), object({}, { additionalProperties: false })] }],
    ['defined', object({ x: TEXT }, { additionalProperties: false })],
    ['defined', object({}, { additionalProperties: TEXT })],
  ] as const)('is %s to a property x: %j', (openness, schema) => {
    const { views, root } = viewsOf(schema);

    expect(views.openness(root, 'x')).toBe(openness);
  });

  it('is cut where a reference leads nowhere', () => {
    const { views, root } = viewsOf({ $ref: '#/$defs/nothing' });

    expect(views.isCut(root)).toBe(true);
    expect(views.isCut(viewsOf(object({})).root)).toBe(false);
  });
});
