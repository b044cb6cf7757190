import { readReleaseFile } from '../../../src/validation/content/release-file';
import { createSchemaCompiler } from '../../../src/validation/schema/compile-schema';
import { type Followed, pathFollower } from '../../../src/validation/schema/follow-path';
import { inspectSchemas } from '../../../src/validation/schema/inspect-schemas';
import { schemaViews } from '../../../src/validation/schema/schema-view';

const compiler = createSchemaCompiler();

/** Follows paths from the root of a schema. */
function following(schema: object): (...tokens: readonly string[]) => Followed {
  const file = readReleaseFile({ path: 'a.schema.json', bytes: Buffer.from(JSON.stringify(schema)) }, 'json');
  const inspections = inspectSchemas([file], compiler);
  const views = schemaViews(inspections);
  const root = views.of(inspections[0]!.root);
  const follower = pathFollower(views);
  return (...tokens) => follower.follow(root, tokens);
}

const TEXT = { type: 'string' };
const numbered = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${String(at)}`, TEXT]));

describe('a path', () => {
  it('leads to nothing beside what a schema names, and says what there is', () => {
    const follow = following({ properties: { a: { type: 'array', items: { properties: { b: TEXT } } } } });

    expect(follow('a', 'b').to).toBe('view');
    expect(follow('a', '7', 'b').to).toBe('view');
    expect(follow('a', 'c')).toEqual({ to: 'nothing', token: 'c', known: ['b'] });
    expect(follow('a', 'b', 'c')).toEqual({ to: 'nothing', token: 'c', known: [] });
  });

  it.each([
    ['a map', { type: 'object' }],
    ['no word of a type', {}],
    ['anything', { items: true, type: 'array' }],
    ['further properties', { properties: { a: TEXT }, additionalProperties: true }],
    ['further properties of no make', { properties: { a: TEXT }, additionalProperties: {} }],
    ['what is left', { properties: { a: TEXT }, unevaluatedProperties: true }],
    ['a reference to nowhere', { properties: { a: TEXT }, allOf: [{ $ref: '#/$defs/gone' }] }],
    ['a tuple that goes on', { prefixItems: [TEXT] }],
  ])('is left open by %s', (_, schema) => {
    expect(following(schema)('x').to).toBe('open');
  });

  it.each([
    ['a closed object', { properties: { a: TEXT }, additionalProperties: false }],
    ['a text', { type: ['string', 'null'] }],
    ['a list of texts', { type: 'array', items: TEXT }],
    ['alternatives that each say what there is', { oneOf: [{ properties: { a: TEXT } }, { type: 'null' }] }],
    ['a requirement on what is named', { properties: { a: TEXT }, anyOf: [{ required: ['a'] }] }],
  ])('leads to nothing in %s', (_, schema) => {
    expect(following(schema)('x').to).toBe('nothing');
  });

  it('goes round in a schema that refers to itself, as deep as documents are', () => {
    const follow = following({ properties: { child: { $ref: '#' } } });

    expect(follow(...Array<string>(60).fill('child')).to).toBe('view');
    expect(follow(...Array<string>(60).fill('child'), 'x').to).toBe('nothing');
    expect(follow(...Array<string>(100_000).fill('child'), 'x').to).toBe('open');
  });

  it('ends in lists of themselves and in alternatives of themselves', () => {
    expect(following({ type: 'array', items: { $ref: '#' } })('x').to).toBe('open');
    expect(following({ anyOf: [{ $ref: '#' }, { oneOf: [{ $ref: '#' }] }] })('x').to).toBe('open');
  });

  it('is found among a thousand names, and beside them', () => {
    const follow = following({ properties: numbered(1_000) });
    const ways = Array.from({ length: 1_000 }, (_, at) => [follow(`p${String(at)}`).to, follow(`q${String(at)}`).to]);

    expect(new Set(ways.map(String))).toEqual(new Set(['view,nothing']));
  });

  it('is left open where a value has more alternatives than can be asked for each path', () => {
    const follow = following({
      anyOf: Array.from({ length: 1_001 }, (_, at) => ({ properties: { [`p${String(at)}`]: TEXT } })),
    });

    expect(follow('x').to).toBe('open');
  });
});
