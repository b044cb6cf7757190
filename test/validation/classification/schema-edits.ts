import { type ChangeType } from '../../../src/domain';
import { type Dialect } from '../../../src/validation/schema/schema-inspection';

/** One edit of a known kind: a schema before and after, and what it needs wherever the schema stands. */
export interface SchemaEdit {
  readonly kind: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly needs: ChangeType;
  readonly rule: string;
  /** Only in this dialect; in both where it is left out. */
  readonly dialect?: Dialect;
  /** True where no example can be made, or none is looked for. */
  readonly hasNoExample?: true;
}

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const text = { type: 'string' };
const edit = (
  kind: string,
  needs: ChangeType,
  rule: string,
  before: unknown,
  after: unknown,
  more: Partial<SchemaEdit> = {},
): SchemaEdit => ({
  kind,
  needs,
  rule: `schema-${rule}`,
  before,
  after,
  ...more,
});
const hasNoExample = { hasNoExample: true } as const;
const closed = { additionalProperties: false };

export const SCHEMA_EDITS: readonly SchemaEdit[] = [
  edit(
    'remove a property',
    'major',
    'property-removed',
    object({ a: text, b: { type: 'null' } }, closed),
    object({ a: text }, closed),
  ),
  edit(
    'remove a property of an open object',
    'major',
    'property-removed',
    object({ a: text, b: { type: 'null' } }),
    object({ a: text }),
    hasNoExample,
  ),
  edit('rename a property', 'major', 'property-renamed', object({ a: text }, closed), object({ b: text }, closed)),
  edit(
    'require a property',
    'major',
    'property-required',
    object({ a: text }),
    object({ a: text }, { required: ['a'] }),
  ),
  edit('add a required property', 'major', 'property-required', object({}), object({ b: text }, { required: ['b'] })),
  edit('add an optional property', 'minor', 'property-added', object({ a: text }), object({ a: text, b: text })),
  edit(
    'add an optional property to a closed object',
    'minor',
    'property-added',
    object({}, closed),
    object({ b: text }, closed),
  ),
  edit(
    'make a property optional',
    'minor',
    'property-optional',
    object({ a: text }, { required: ['a'] }),
    object({ a: text }),
  ),
  edit('close an object', 'major', 'additional-properties-closed', object({ a: text }), object({ a: text }, closed)),
  edit('open an object', 'minor', 'additional-properties-opened', object({ a: text }, closed), object({ a: text })),
  edit('give names a pattern', 'major', 'pattern-added', object({}), object({}, { propertyNames: { pattern: '^a$' } })),
  edit('demand properties', 'major', 'bound-tightened', object({}), object({}, { minProperties: 1 })),
  edit(
    'allow more properties',
    'minor',
    'bound-relaxed',
    object({}, { maxProperties: 1 }),
    object({}, { maxProperties: 2 }),
  ),
  edit('change a type', 'major', 'type-changed', text, { type: 'boolean' }),
  edit('narrow a number', 'major', 'type-narrowed', { type: 'number' }, { type: 'integer' }),
  edit('widen an integer', 'minor', 'type-widened', { type: 'integer' }, { type: 'number' }),
  edit('take null away', 'major', 'type-narrowed', { type: ['string', 'null'] }, text),
  edit('allow null', 'minor', 'type-widened', text, { type: ['string', 'null'] }),
  edit('demand a type', 'major', 'type-narrowed', {}, text),
  edit('drop a type', 'minor', 'type-widened', text, {}),
  edit('remove a listed value', 'major', 'enum-value-removed', { enum: ['x', 'y', 1] }, { enum: ['x', 1] }),
  edit('add a listed value', 'minor', 'enum-value-added', { enum: ['x'] }, { enum: ['x', 'y'] }),
  edit('list the values', 'major', 'enum-added', text, { type: 'string', enum: ['x'] }),
  edit('stop listing the values', 'minor', 'enum-removed', { type: 'string', enum: ['x'] }, text),
  edit('change a constant', 'major', 'const-changed', { const: 1 }, { const: 2 }),
  edit('raise a minimum', 'major', 'bound-tightened', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 2 }),
  edit('lower a maximum', 'major', 'bound-tightened', { type: 'number', maximum: 2 }, { type: 'number', maximum: 1.5 }),
  edit(
    'exclude a bound',
    'major',
    'bound-tightened',
    { type: 'number', minimum: 0 },
    { type: 'number', exclusiveMinimum: 0 },
  ),
  edit('drop a maximum', 'minor', 'bound-relaxed', { type: 'number', maximum: 2 }, { type: 'number' }),
  edit(
    'demand a longer text',
    'major',
    'bound-tightened',
    { type: 'string', minLength: 1 },
    { type: 'string', minLength: 9 },
  ),
  edit(
    'allow a longer text',
    'minor',
    'bound-relaxed',
    { type: 'string', maxLength: 9 },
    { type: 'string', maxLength: 10 },
  ),
  edit('demand multiples', 'major', 'bound-tightened', { type: 'integer' }, { type: 'integer', multipleOf: 3 }),
  edit('demand a pattern', 'major', 'pattern-added', text, { type: 'string', pattern: '^[A-Z]{2}-\\d+$' }),
  edit(
    'change a pattern',
    'major',
    'pattern-changed',
    { type: 'string', pattern: '^UNK-\\d{1,4}$' },
    { type: 'string', pattern: '^Q-\\d{1,4}$' },
  ),
  edit('drop a pattern', 'minor', 'pattern-removed', { type: 'string', pattern: '^a' }, text),
  edit('demand a format', 'major', 'format-added', text, { type: 'string', format: 'date' }),
  edit('drop a format', 'minor', 'format-removed', { type: 'string', format: 'date-time' }, text),
  edit('demand items', 'major', 'bound-tightened', { type: 'array' }, { type: 'array', minItems: 1 }),
  edit('allow more items', 'minor', 'bound-relaxed', { type: 'array', maxItems: 1 }, { type: 'array' }),
  edit(
    'demand unique items',
    'major',
    'unique-items-added',
    { type: 'array', items: { type: 'boolean' } },
    { type: 'array', items: { type: 'boolean' }, uniqueItems: true },
  ),
  edit(
    'narrow items',
    'major',
    'type-narrowed',
    { type: 'array', items: { type: 'number' } },
    { type: 'array', items: { type: 'integer' } },
  ),
  edit(
    'demand an item of a kind',
    'major',
    'contains-added',
    { type: 'array' },
    { type: 'array', contains: { const: 7 } },
  ),
  edit(
    'drop a demanded item',
    'minor',
    'contains-removed',
    { type: 'array', contains: { const: 7 } },
    { type: 'array' },
  ),
  edit(
    'remove an alternative',
    'major',
    'alternative-removed',
    { anyOf: [{ const: 'x' }, { type: 'integer', minimum: 4 }] },
    { anyOf: [{ type: 'integer', minimum: 4 }] },
  ),
  edit(
    'add an alternative',
    'minor',
    'alternative-added',
    { anyOf: [{ const: 'x' }, { type: 'integer', minimum: 4 }] },
    { anyOf: [{ const: 'x' }, { type: 'null' }, { type: 'integer', minimum: 4 }] },
  ),
  edit(
    'add a branch to oneOf that may overlap',
    'major',
    'one-of-overlaps',
    { oneOf: [{ type: 'integer', minimum: 4 }, { const: 'x' }] },
    { oneOf: [{ type: 'integer', minimum: 4 }, { const: 'x' }, { type: 'integer', maximum: 9 }] },
  ),
  edit('refuse more by not', 'major', 'not-added', text, { type: 'string', not: { const: 'text' } }),
  edit('refuse less by not', 'minor', 'not-removed', { type: 'string', not: { maxLength: 3 } }, text),
  edit(
    'add a condition',
    'major',
    'condition-added',
    object({ a: text }),
    object({ a: text }, { if: { required: ['a'] }, then: { required: ['b'] } }),
  ),
  edit(
    'demand another property beside one',
    'major',
    'dependency-added',
    object({ a: text }),
    object({ a: text }, { dependentRequired: { a: ['b'] } }),
    { dialect: '2020-12' },
  ),
  edit(
    'drop what another property demands',
    'minor',
    'dependency-removed',
    object({ a: text }, { dependencies: { a: ['b'] } }),
    object({ a: text }),
    { dialect: 'draft-07' },
  ),
  edit(
    'use a keyword that nobody knows',
    'major',
    'keyword-unknown',
    text,
    { type: 'string', 'x-shape': 'round' },
    hasNoExample,
  ),
  edit('describe', 'patch', 'wording-changed', text, { type: 'string', description: 'A text.' }),
  edit('comment', 'patch', 'wording-changed', { type: 'string', $comment: 'a' }, { type: 'string', $comment: 'b' }),
  edit(
    'change a default',
    'patch',
    'wording-changed',
    { type: 'string', default: 'a' },
    { type: 'string', default: 'b' },
  ),
  edit('order keys', 'patch', 'layout-changed', { type: 'string', minLength: 1 }, { minLength: 1, type: 'string' }),
  edit('write a constant as a list', 'patch', 'rewritten', { const: 'x' }, { enum: ['x'] }),
  edit(
    'write a bound of integers in another way',
    'patch',
    'rewritten',
    { type: 'integer', exclusiveMinimum: 0 },
    { type: 'integer', minimum: 1 },
  ),
  edit('order listed values', 'patch', 'rewritten', { enum: ['x', 'y'] }, { enum: ['y', 'x'] }),
];

/** A place for a schema within a larger one, named as it is used. */
export interface Surroundings {
  readonly name: string;
  /** The larger schema; `define` gives a schema a name and answers the reference to it. */
  readonly around: (schema: unknown, define: (schema: unknown) => object) => object;
}

export const SURROUNDINGS: readonly Surroundings[] = [
  { name: 'property', around: (schema) => object({ inner: schema, beside: { type: 'integer' } }, closed) },
  { name: 'required property', around: (schema) => object({ inner: schema }, { required: ['inner'] }) },
  { name: 'items', around: (schema) => ({ type: 'array', minItems: 1, items: schema }) },
  { name: 'reference', around: (schema, define) => object({ inner: define(schema) }) },
  {
    name: 'reference used twice',
    around: (schema, define) => {
      const reference = define(schema);
      return object({ one: reference, two: reference });
    },
  },
  { name: 'allOf', around: (schema) => object({}, { allOf: [object({ inner: schema }), { required: ['inner'] }] }) },
  { name: 'allOf of a reference', around: (schema, define) => ({ allOf: [define(object({ inner: schema }))] }) },
  { name: 'additional properties', around: (schema) => object({}, { additionalProperties: schema }) },
  {
    name: 'anyOf with null',
    around: (schema) => ({ anyOf: [object({ inner: schema }, { required: ['inner'] }), { type: 'null' }] }),
  },
  {
    name: 'oneOf by kind',
    around: (schema) => ({
      oneOf: [
        object({ kind: { const: 1 }, inner: schema }, { required: ['kind'] }),
        object({ kind: { const: 2 } }, { required: ['kind'] }),
      ],
    }),
  },
  { name: 'recursion', around: (schema) => object({ inner: schema, again: { $ref: '#' } }) },
];

/** The schema in its surroundings, innermost last, as a document of a dialect. */
export function surrounded(schema: unknown, surroundings: readonly Surroundings[], dialect: Dialect): object {
  const keyword = dialect === 'draft-07' ? 'definitions' : '$defs';
  const definitions: Record<string, unknown> = {};
  const define = (defined: unknown): object => {
    const name = `part${Object.keys(definitions).length}`;
    definitions[name] = defined;
    return { $ref: `#/${keyword}/${name}` };
  };
  const whole = [...surroundings].reverse().reduce((inner, { around }) => around(inner, define), schema);
  const $schema =
    dialect === 'draft-07' ? 'http://json-schema.org/draft-07/schema#' : 'https://json-schema.org/draft/2020-12/schema';
  return { $schema, ...(whole as object), ...(Object.keys(definitions).length > 0 ? { [keyword]: definitions } : {}) };
}
