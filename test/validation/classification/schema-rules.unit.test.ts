import { classify, classifySchema, shortly } from './a-change';

interface Case {
  readonly when: string;
  readonly before: unknown;
  readonly after: unknown;
  /** As `major rule pointer`; the list of all reasons. */
  readonly needs: readonly string[];
}

const DRAFT_07 = { $schema: 'http://json-schema.org/draft-07/schema#' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const text = { type: 'string' };

const CASES: readonly Case[] = [
  // Properties
  {
    when: 'a property is removed',
    before: object({ a: text, b: { type: 'integer' } }),
    after: object({ a: text }),
    needs: ['major schema-property-removed /properties/b'],
  },
  {
    when: 'a property is renamed',
    before: object({ a: { type: 'integer', minimum: 3 } }),
    after: object({ b: { type: 'integer', minimum: 3 } }),
    needs: ['major schema-property-renamed /properties/a', 'minor schema-property-added /properties/b'],
  },
  {
    when: 'a property is forbidden by false',
    before: object({ a: text }),
    after: object({ a: false }),
    needs: ['major schema-property-removed /properties/a'],
  },
  {
    when: 'an optional property is added',
    before: object({ a: text }, { additionalProperties: false }),
    after: object({ a: text, b: text }, { additionalProperties: false }),
    needs: ['minor schema-property-added /properties/b'],
  },
  {
    when: 'an optional property is added to an open object',
    before: object({ a: text }),
    after: object({ a: text, b: text }),
    needs: ['minor schema-property-added /properties/b'],
  },
  {
    when: 'an optional property is added that no pattern means',
    before: object({}, { patternProperties: { '^x-': text } }),
    after: object({ b: { type: 'integer' } }, { patternProperties: { '^x-': text } }),
    needs: ['minor schema-property-added /properties/b'],
  },
  {
    when: 'an optional property is added beside unevaluatedProperties',
    before: object({ a: text }, { unevaluatedProperties: false }),
    after: object({ a: text, b: text }, { unevaluatedProperties: false }),
    needs: ['minor schema-property-added /properties/b'],
  },
  {
    when: 'a pattern is allowed that means no listed name',
    before: object({ a: text }, { additionalProperties: false }),
    after: object({ a: text }, { additionalProperties: false, patternProperties: { '^x-': text } }),
    needs: ['minor schema-pattern-properties-added /patternProperties/^x-'],
  },
  {
    when: 'a property is added that has to be there',
    before: object({ a: text }),
    after: object({ a: text, b: text }, { required: ['b'] }),
    needs: ['major schema-property-required /required/0'],
  },
  {
    when: 'a property becomes required',
    before: object({ a: text, b: text }, { required: ['a'] }),
    after: object({ a: text, b: text }, { required: ['a', 'b'] }),
    needs: ['major schema-property-required /required/1'],
  },
  {
    when: 'a property becomes optional',
    before: object({ a: text }, { required: ['a'] }),
    after: object({ a: text }),
    needs: ['minor schema-property-optional /required/0'],
  },
  {
    when: 'the required properties stand in another order',
    before: object({ a: text, b: text }, { required: ['a', 'b'] }),
    after: object({ a: text, b: text }, { required: ['b', 'a'] }),
    needs: ['patch schema-rewritten'],
  },
  {
    when: 'additional properties are closed',
    before: object({ a: text }),
    after: object({ a: text }, { additionalProperties: false }),
    needs: ['major schema-additional-properties-closed /additionalProperties'],
  },
  {
    when: 'additional properties are opened',
    before: object({ a: text }, { additionalProperties: false }),
    after: object({ a: text }),
    needs: ['minor schema-additional-properties-opened /additionalProperties'],
  },
  {
    when: 'additional properties that were true are not named any more',
    before: object({ a: text }, { additionalProperties: true }),
    after: object({ a: text }),
    needs: ['patch schema-rewritten'],
  },
  {
    when: 'additional properties get a type',
    before: object({ a: text }),
    after: object({ a: text }, { additionalProperties: { type: 'integer' } }),
    needs: ['major schema-type-narrowed /additionalProperties/type'],
  },
  {
    when: 'one closed part of allOf does not see what the other lists any more',
    before: { allOf: [object({ a: text }, { additionalProperties: false }), object({ a: text })] },
    after: { allOf: [object({}, { additionalProperties: false }), object({ a: text })] },
    needs: ['major schema-property-removed /allOf/1/properties/a'],
  },
  {
    when: 'a pattern of names is added to an open object',
    before: object({}),
    after: object({}, { patternProperties: { '^x': { type: 'integer' } } }),
    needs: ['major schema-type-narrowed /patternProperties/^x/type'],
  },
  {
    when: 'a pattern of names is added to a closed object',
    before: object({}, { additionalProperties: false }),
    after: object({}, { additionalProperties: false, patternProperties: { '^x': text } }),
    needs: ['minor schema-pattern-properties-added /patternProperties/^x'],
  },
  {
    when: 'a pattern of names is removed from a closed object',
    before: object({}, { additionalProperties: false, patternProperties: { '^x': text } }),
    after: object({}, { additionalProperties: false }),
    needs: ['major schema-pattern-properties-removed /patternProperties/^x'],
  },
  {
    when: 'names get a pattern',
    before: object({}),
    after: object({}, { propertyNames: { pattern: '^[a-z]+$' } }),
    needs: ['major schema-pattern-added /propertyNames/pattern'],
  },
  {
    when: 'a property demands another one',
    before: object({ a: text, b: text }),
    after: object({ a: text, b: text }, { dependentRequired: { a: ['b'] } }),
    needs: ['major schema-dependency-added /dependentRequired/a/0'],
  },
  {
    when: 'draft-07 dependencies are dropped',
    before: { ...DRAFT_07, ...object({ a: text, b: text }, { dependencies: { a: ['b'] } }) },
    after: { ...DRAFT_07, ...object({ a: text, b: text }) },
    needs: ['minor schema-dependency-removed /dependencies/a/0'],
  },
  // Types
  { when: 'the type is changed', before: text, after: { type: 'integer' }, needs: ['major schema-type-changed /type'] },
  {
    when: 'number becomes integer',
    before: { type: 'number' },
    after: { type: 'integer' },
    needs: ['major schema-type-narrowed /type'],
  },
  {
    when: 'integer becomes number',
    before: { type: 'integer' },
    after: { type: 'number' },
    needs: ['minor schema-type-widened /type'],
  },
  {
    when: 'null is allowed too',
    before: text,
    after: { type: ['string', 'null'] },
    needs: ['minor schema-type-widened /type'],
  },
  {
    when: 'null is allowed too, by anyOf',
    before: text,
    after: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    needs: ['minor schema-type-widened /anyOf'],
  },
  {
    when: 'a choice of types is written in another way',
    before: { type: ['string', 'null'] },
    after: { oneOf: [{ type: 'null' }, { type: 'string' }] },
    needs: ['patch schema-rewritten'],
  },
  {
    when: 'an object may be null, by anyOf',
    before: object({ a: text }, { required: ['a'], additionalProperties: false }),
    after: {
      anyOf: [object({ a: text }, { required: ['a'], additionalProperties: false }), { type: 'null' }],
    },
    needs: ['minor schema-alternative-added /anyOf'],
  },
  {
    when: 'an object or null, by anyOf, is written by a list of types',
    before: { anyOf: [object({ a: text }, { required: ['a'] }), { type: 'null' }] },
    after: { ...object({ a: text }, { required: ['a'] }), type: ['object', 'null'] },
    needs: ['minor schema-alternatives-removed /anyOf'],
  },
  {
    when: 'a part accepts nothing any more',
    before: object({}, { additionalProperties: { type: 'string' } }),
    after: object({}, { additionalProperties: false }),
    needs: ['major schema-additional-properties-closed /additionalProperties'],
  },
  // Values
  {
    when: 'a listed value is removed',
    before: { enum: ['a', 'b'] },
    after: { enum: ['b'] },
    needs: ['major schema-enum-value-removed /enum'],
  },
  {
    when: 'a listed value is added',
    before: { enum: ['a', 'b'] },
    after: { enum: ['b', 'c', 'a'] },
    needs: ['minor schema-enum-value-added /enum/1'],
  },
  {
    when: 'a constant becomes a list',
    before: { const: 'a' },
    after: { enum: ['a', 'b'] },
    needs: ['minor schema-enum-value-added /enum/1'],
  },
  {
    when: 'a list of one is written as a constant',
    before: { type: 'string', enum: ['a'] },
    after: { const: 'a' },
    needs: ['patch schema-rewritten'],
  },
  {
    when: 'the constant is another',
    before: { const: '1.0' },
    after: { const: '1.1' },
    needs: ['major schema-const-changed /const'],
  },
  { when: 'values are listed now', before: text, after: { enum: ['a'] }, needs: ['major schema-enum-added /enum'] },
  {
    when: 'values are not listed any more',
    before: { type: 'string', enum: ['a'] },
    after: text,
    needs: ['minor schema-enum-removed /enum'],
  },
  // Bounds and forms
  {
    when: 'a text has to be longer',
    before: { type: 'string', minLength: 1 },
    after: { type: 'string', minLength: 2 },
    needs: ['major schema-bound-tightened /minLength'],
  },
  {
    when: 'a text may be longer',
    before: { type: 'string', maxLength: 10 },
    after: { type: 'string' },
    needs: ['minor schema-bound-relaxed /maxLength'],
  },
  {
    when: 'a bound of integers is written in another way',
    before: { type: 'integer', exclusiveMinimum: 0 },
    after: { type: 'integer', minimum: 1 },
    needs: ['patch schema-rewritten'],
  },
  {
    when: 'a bound is excluded now',
    before: { type: 'number', maximum: 5 },
    after: { type: 'number', exclusiveMaximum: 5 },
    needs: ['major schema-bound-tightened /exclusiveMaximum'],
  },
  {
    when: 'a length of zero is asked for, which all have',
    before: { type: 'string' },
    after: { type: 'string', minLength: 0 },
    needs: ['patch schema-rewritten'],
  },
  {
    when: 'numbers have to be multiples of more',
    before: { type: 'integer', multipleOf: 5 },
    after: { type: 'integer', multipleOf: 10 },
    needs: ['major schema-bound-tightened /multipleOf'],
  },
  {
    when: 'numbers have to be multiples of less',
    before: { type: 'integer', multipleOf: 10 },
    after: { type: 'integer', multipleOf: 5 },
    needs: ['minor schema-bound-relaxed /multipleOf'],
  },
  {
    when: 'a pattern is another',
    before: { type: 'string', pattern: '^a' },
    after: { type: 'string', pattern: '^b' },
    needs: ['major schema-pattern-changed /pattern'],
  },
  {
    when: 'a pattern is gone',
    before: { type: 'string', pattern: '^a' },
    after: text,
    needs: ['minor schema-pattern-removed /pattern'],
  },
  {
    when: 'a format is demanded',
    before: text,
    after: { type: 'string', format: 'date' },
    needs: ['major schema-format-added /format'],
  },
  // Lists
  {
    when: 'the items of a list are narrowed',
    before: { type: 'array', items: text },
    after: { type: 'array', items: { type: 'string', maxLength: 3 } },
    needs: ['major schema-bound-tightened /items/maxLength'],
  },
  {
    when: 'the first item gets a schema of its own',
    before: { type: 'array', items: { type: ['string', 'integer'] } },
    after: { type: 'array', prefixItems: [text], items: { type: ['string', 'integer'] } },
    needs: ['major schema-type-narrowed /prefixItems/0/type'],
  },
  {
    when: 'a draft-07 list of items is closed',
    before: { ...DRAFT_07, type: 'array', items: [text] },
    after: { ...DRAFT_07, type: 'array', items: [text], additionalItems: false },
    needs: ['major schema-type-narrowed /additionalItems'],
  },
  {
    when: 'items have to be unique',
    before: { type: 'array' },
    after: { type: 'array', uniqueItems: true },
    needs: ['major schema-unique-items-added /uniqueItems'],
  },
  {
    when: 'an item has to be contained',
    before: { type: 'array' },
    after: { type: 'array', contains: text },
    needs: ['major schema-contains-added /contains'],
  },
  {
    when: 'fewer items of a kind are enough',
    before: { type: 'array', contains: text, minContains: 2 },
    after: { type: 'array', contains: text },
    needs: ['minor schema-bound-relaxed /contains'],
  },
  // Combinations
  {
    when: 'an alternative is added',
    before: { anyOf: [object({ a: text }, { required: ['a'] }), { type: 'string', minLength: 1 }] },
    after: {
      anyOf: [object({ a: text }, { required: ['a'] }), { type: 'string', minLength: 1 }, { type: 'integer' }],
    },
    needs: ['minor schema-alternative-added /anyOf/2'],
  },
  {
    when: 'an alternative is removed, in whatever order the others stand',
    before: { anyOf: [{ const: 'x' }, { type: 'string', minLength: 3 }, { type: 'integer', minimum: 1 }] },
    after: { anyOf: [{ type: 'integer', minimum: 1 }, { const: 'x' }] },
    needs: ['major schema-alternative-removed /anyOf/1'],
  },
  {
    when: 'a branch of oneOf accepts more, and its constant keeps it from the others',
    before: {
      oneOf: [
        object({ kind: { const: 'a' } }, { required: ['kind'] }),
        object({ kind: { const: 'b' }, x: { maximum: 1 } }, { required: ['kind'] }),
      ],
    },
    after: {
      oneOf: [
        object({ kind: { const: 'a' } }, { required: ['kind'] }),
        object({ kind: { const: 'b' }, x: { maximum: 2 } }, { required: ['kind'] }),
      ],
    },
    needs: ['minor schema-bound-relaxed /oneOf/1/properties/x/maximum'],
  },
  {
    when: 'a branch of oneOf accepts more, perhaps what another one accepts',
    before: {
      oneOf: [
        { type: 'integer', maximum: 1 },
        { type: 'integer', minimum: 5 },
      ],
    },
    after: {
      oneOf: [
        { type: 'integer', maximum: 9 },
        { type: 'integer', minimum: 5 },
      ],
    },
    needs: ['major schema-one-of-overlaps /oneOf/0/maximum'],
  },
  {
    when: 'what not refuses grows',
    before: { not: { type: 'string', maxLength: 3 } },
    after: { not: { type: 'string', maxLength: 5 } },
    needs: ['major schema-not-changed /not/maxLength'],
  },
  {
    when: 'what not refuses shrinks',
    before: { not: { type: ['string', 'null'] } },
    after: { not: text },
    needs: ['minor schema-not-changed /not/type'],
  },
  {
    when: 'a condition is another',
    before: object({ a: text }, { if: { required: ['a'] }, then: { required: ['b'] } }),
    after: object({ a: text }, { if: { required: ['c'] }, then: { required: ['b'] } }),
    needs: ['major schema-condition-changed /if'],
  },
  {
    when: 'what follows from a condition is relaxed',
    before: { if: object({ a: { const: 1 } }), then: object({}, { required: ['b'] }), else: true },
    after: { if: object({ a: { const: 1 } }), then: object({}), else: true },
    needs: ['minor schema-property-optional /then/required/0'],
  },
  {
    when: 'allOf gets another member',
    before: { allOf: [{ type: 'string' }] },
    after: { allOf: [{ type: 'string' }, { maxLength: 4 }] },
    needs: ['major schema-bound-tightened /allOf/1/maxLength'],
  },
  {
    when: 'a property moves into allOf',
    before: object({ a: text, b: text }),
    after: { type: 'object', properties: { a: text }, allOf: [{ properties: { b: text } }] },
    needs: ['patch schema-rewritten'],
  },
  // References
  {
    when: 'a definition in use changes, however often it is used',
    before: object({ a: { $ref: '#/$defs/x' }, b: { $ref: '#/$defs/x' } }, { $defs: { x: { enum: [1, 2] } } }),
    after: object({ a: { $ref: '#/$defs/x' }, b: { $ref: '#/$defs/x' } }, { $defs: { x: { enum: [1] } } }),
    needs: ['major schema-enum-value-removed /$defs/x/enum'],
  },
  {
    when: 'a definition that nothing uses changes',
    before: { type: 'object', $defs: { x: { enum: [1, 2] } } },
    after: { type: 'object', $defs: { x: { enum: [1] } } },
    needs: ['patch schema-definition-changed /$defs/x'],
  },
  {
    when: 'a reference is replaced by the same schema in its place',
    before: object({ a: { $ref: '#/$defs/x' } }, { $defs: { x: { enum: [1, 2] } } }),
    after: object({ a: { enum: [1, 2] } }),
    needs: ['patch schema-definition-changed /$defs/x'],
  },
  {
    when: 'a schema that refers to itself is narrowed',
    before: object({ child: { $ref: '#' }, n: { type: 'integer' } }),
    after: object({ child: { $ref: '#' }, n: { type: 'integer', maximum: 3 } }),
    needs: ['major schema-bound-tightened /properties/n/maximum'],
  },
  {
    when: 'a draft-07 reference has keywords beside it, which count for nothing',
    before: { ...DRAFT_07, properties: { a: { $ref: '#/definitions/x' } }, definitions: { x: text } },
    after: { ...DRAFT_07, properties: { a: { $ref: '#/definitions/x', maxLength: 1 } }, definitions: { x: text } },
    needs: ['patch schema-rewritten'],
  },
  {
    when: 'a reference has keywords beside it in 2020-12, which count',
    before: { properties: { a: { $ref: '#/$defs/x' } }, $defs: { x: text } },
    after: { properties: { a: { $ref: '#/$defs/x', maxLength: 1 } }, $defs: { x: text } },
    needs: ['major schema-bound-tightened /properties/a/maxLength'],
  },
  {
    when: 'a reference leads out of the release and is another',
    before: { $ref: 'https://example.com/a' },
    after: { $ref: 'https://example.com/b' },
    needs: ['major schema-reference-changed /$ref'],
  },
  // Identity and wording
  {
    when: 'the dialect is another',
    before: { ...DRAFT_07, type: 'object' },
    after: { type: 'object' },
    needs: ['major schema-dialect-changed'],
  },
  {
    when: 'the $id carries the next version',
    before: { $id: 'schema:brief:1.4.0' },
    after: { $id: 'schema:brief:1.5.0' },
    needs: ['patch schema-id-changed /$id'],
  },
  {
    when: 'the $id is another',
    before: { $id: 'schema:brief:1.4.0' },
    after: { $id: 'schema:summary:1.4.0' },
    needs: ['major schema-id-changed /$id'],
  },
  {
    when: 'a description and a default are others',
    before: object({ a: { type: 'string', description: 'A', default: 'x' } }),
    after: object({ a: { type: 'string', description: 'The A', default: 'y' } }),
    needs: [
      'patch schema-wording-changed /properties/a/default',
      'patch schema-wording-changed /properties/a/description',
    ],
  },
  {
    when: 'the keys stand in another order',
    before: { title: 'A', type: 'object' },
    after: { type: 'object', title: 'A' },
    needs: ['patch schema-layout-changed'],
  },
  {
    when: 'a property is deprecated',
    before: object({ a: text }),
    after: object({ a: { type: 'string', deprecated: true } }),
    needs: ['minor schema-notice-changed /properties/a/deprecated'],
  },
  {
    when: 'a keyword is used that no rule knows',
    before: object({ a: text }),
    after: object({ a: { type: 'string', nullable: true } }),
    needs: ['major schema-keyword-unknown /properties/a/nullable'],
  },
  {
    when: 'a schema that is not valid is mended',
    before: { type: 5 },
    after: { type: 'object' },
    needs: ['major schema-not-readable'],
  },
];

describe('a change of a schema', () => {
  it.each(CASES.map((each) => [each.when, each] as const))('where %s', (_, { before, after, needs }) => {
    const classification = classifySchema(before, after);

    expect(shortly(classification)).toEqual(needs);
    expect(classification.required).toBe(needs[0]?.split(' ')[0]);
  });

  it.each(CASES.map((each) => [each.when, each] as const))('is none where nothing differs: %s', (_, { after }) => {
    expect(classifySchema(after, after)).toEqual({ required: null, reasons: [] });
  });

  it('is found through a reference into another file of the release', () => {
    const main = { properties: { a: { $ref: 'part.schema.json#/$defs/x' } } };
    const files = (values: readonly number[]) => ({
      'schemas/output.schema.json': JSON.stringify(main),
      'schemas/part.schema.json': JSON.stringify({ $defs: { x: { enum: values } } }),
    });
    const [reason, ...others] = classify(files([1, 2]), files([1])).reasons;

    expect(reason).toMatchObject({
      changeType: 'major',
      rule: 'schema-enum-value-removed',
      path: 'schemas/part.schema.json',
      pointer: '/$defs/x/enum',
      example: { a: 2 },
    });
    expect(others).toEqual([]);
  });
});

const BREAKING: readonly (readonly [string, unknown, unknown])[] = [
  [
    'what follows from a condition restricts a property more',
    object({ a: text, b: text }, { if: { required: ['a'] }, then: {} }),
    object({ a: text, b: text }, { if: { required: ['a'] }, then: { properties: { b: { minLength: 2 } } } }),
  ],
  [
    'a schema that depends on a property restricts another one more',
    object({ a: text, b: text }, { dependentSchemas: { a: {} } }),
    object({ a: text, b: text }, { dependentSchemas: { a: { properties: { b: { minLength: 2 } } } } }),
  ],
  [
    'a branch restricts a property that is listed around it',
    object({ k: text, b: text }, { anyOf: [{ required: ['b'] }] }),
    object({ k: text, b: text }, { anyOf: [{ required: ['b'], properties: { k: { const: 'x' } } }] }),
  ],
  [
    'a property is listed that was judged as one of the others',
    { additionalProperties: { type: 'string' } },
    { additionalProperties: { type: 'string' }, properties: { a: { type: 'integer' } } },
  ],
  [
    'a property is listed that a pattern judged',
    { patternProperties: { '^a': text }, additionalProperties: false },
    { patternProperties: { '^a': text }, additionalProperties: false, properties: { ab: { type: 'integer' } } },
  ],
  ['a required property gets a type', { required: ['a'] }, { required: ['a'], properties: { a: text } }],
  ['a property that was not listed is forbidden', object({ b: text }), object({ b: text, a: false })],
  [
    'a property is listed that a condition judged',
    object({}, { if: { required: ['a'] }, then: { properties: { b: { minLength: 2 } } } }),
    object({ b: { maxLength: 3 } }, { if: { required: ['a'] }, then: { properties: { b: { minLength: 2 } } } }),
  ],
  [
    'unevaluated properties are left what others took',
    object({ a: text }, { additionalProperties: {}, unevaluatedProperties: false }),
    object({ a: text }, { unevaluatedProperties: false }),
  ],
  [
    'unevaluatedProperties moves into a part that sees less',
    { allOf: [object({ a: text }), object({ b: text })], unevaluatedProperties: false },
    { allOf: [object({ a: text }), object({ b: text }, { unevaluatedProperties: false })] },
  ],
  [
    'fewer items are named beside unevaluatedItems',
    { prefixItems: [text, text], unevaluatedItems: false },
    { prefixItems: [text], unevaluatedItems: false },
  ],
  ['unevaluatedItems is left all items', { items: {}, unevaluatedItems: false }, { unevaluatedItems: false }],
  [
    'additional properties are restricted beside unevaluatedProperties',
    { additionalProperties: { type: 'integer' }, unevaluatedProperties: text },
    { additionalProperties: { type: 'integer', minimum: 3 }, unevaluatedProperties: text },
  ],
  ['not refuses another value', { not: { const: 'b' } }, { not: { const: 'c' } }],
  ['not refuses another type', { not: text }, { not: { type: 'integer' } }],
  ['not refuses another pattern', { not: { pattern: '^a' } }, { not: { pattern: '^b' } }],
  ['not refuses another format', { not: { format: 'date' } }, { not: { format: 'email' } }],
  ['not refuses other multiples', { not: { multipleOf: 2 } }, { not: { multipleOf: 3 } }],
  [
    'one of two negations is another',
    { allOf: [{ not: { const: 1 } }, { not: { const: 2 } }] },
    { allOf: [{ not: { const: 2 } }, { not: { const: 3 } }] },
  ],
  [
    'a pattern restricts a property that is listed',
    object({ a: text }, { additionalProperties: false }),
    object({ a: text }, { additionalProperties: false, patternProperties: { '^a$': { minLength: 3 } } }),
  ],
  [
    'the names of a pattern fall to the other properties',
    { patternProperties: { '^x': {} }, additionalProperties: { type: 'integer' } },
    { additionalProperties: { type: 'integer' } },
  ],
  ['a format of numbers is demanded', { type: 'integer' }, { type: 'integer', format: 'int32' }],
];

it.each(BREAKING)('needs MAJOR where %s', (_, before, after) => {
  expect(classifySchema(before, after).required).toBe('major');
});
