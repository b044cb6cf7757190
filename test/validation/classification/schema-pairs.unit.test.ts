import Ajv2020 from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { runs } from '../../support/runs';
import { classifySchema } from './a-change';

/** Values of two properties, lists and plain values, few enough that schemas and documents meet. */
const plain = fc.constantFrom<unknown>(null, true, 0, 1, 2, 3, 1.5, '', 'a', 'b', 'ab', 'abc');
const documents = fc
  .letrec<{ value: unknown; object: object; list: unknown[] }>((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, plain, tie('object'), tie('list')),
    object: fc.record({ a: tie('value'), b: tie('value') }, { requiredKeys: [] }),
    list: fc.array(tie('value'), { maxLength: 3 }),
  }))
  .value.map((value): unknown => JSON.parse(JSON.stringify(value)));

const number = fc.integer({ min: 0, max: 3 });
const type = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'object', 'array');
const keywords = (schema: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc.record(
    {
      type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
      enum: fc.uniqueArray(plain, { minLength: 1, maxLength: 4, comparator: 'SameValueZero' }),
      minimum: number,
      exclusiveMaximum: number,
      minLength: number,
      maxLength: number,
      minItems: number,
      maxItems: number,
      uniqueItems: fc.boolean(),
      required: fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 2 }),
      properties: fc.record({ a: schema, b: schema }, { requiredKeys: [] }),
      additionalProperties: schema,
      patternProperties: fc.record({ '^a': schema, b$: schema, '^[ab]$': schema }, { requiredKeys: [] }),
      dependentSchemas: fc.record({ a: schema, b: schema }, { requiredKeys: [] }),
      unevaluatedProperties: schema,
      prefixItems: fc.array(schema, { minLength: 1, maxLength: 2 }),
      unevaluatedItems: schema,
      items: schema,
      anyOf: fc.array(schema, { minLength: 1, maxLength: 3 }),
      oneOf: fc.array(schema, { minLength: 1, maxLength: 2 }),
      allOf: fc.array(schema, { minLength: 1, maxLength: 2 }),
      not: schema,
      if: schema,
      then: schema,
      else: schema,
    },
    { requiredKeys: [] },
  );
const schemas = fc.letrec<{ schema: unknown; object: object }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.constantFrom<unknown>(true, {}),
    fc.boolean(),
    tie('object'),
  ),
  // Few keywords at a time: schemas that accept nothing show nothing.
  object: keywords(tie('schema')).chain((all) =>
    fc.shuffledSubarray(Object.entries(all)).map((some) => Object.fromEntries(some.slice(0, 3))),
  ),
})).schema;

/** Two schemas that have much in common: the second is the first with one of its keywords from another. */
const pairs = fc.tuple(schemas, schemas, fc.nat()).map(([before, other, which]): [unknown, unknown] => {
  if (typeof before !== 'object' || typeof other !== 'object') return [before, other];
  const [key, value] = Object.entries(other ?? {})[which % Math.max(1, Object.keys(other ?? {}).length)] ?? [];
  return [before, key === undefined ? other : { ...before, [key]: value }];
});

/**
 * A new property of an open object was allowed with any value: the table decides that this is MINOR. It excuses only
 * documents that hold a name no schema judged before.
 */
function holdsNew(document: unknown, news: readonly string[], before: unknown): boolean {
  return news.some((name) => holdsName(document, name) && !judgesName(before, name));
}

function holdsName(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) => (!Array.isArray(value) && key === name) || holdsName(inner, name),
  );
}

/** Whether the name is judged at the root, where most schemas of these tests judge it; deeper ones are not told apart. */
function judgesName(schema: unknown, name: string): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  return Object.entries(schema).some(([keyword, value]: [string, unknown]) => {
    if (keyword === 'properties') return name in (value as object);
    if (keyword === 'patternProperties')
      return Object.keys(value as object).some((each) => new RegExp(each).test(name));
    if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return typeof value === 'object';
    if (keyword === 'dependentSchemas') return Object.values(value as object).some((each) => judgesName(each, name));
    if (['allOf', 'anyOf', 'oneOf'].includes(keyword))
      return (value as unknown[]).some((each) => judgesName(each, name));
    return ['if', 'then', 'else', 'not'].includes(keyword) && judgesName(value, name);
  });
}

// One for all: every new one compiles its meta-schemas anew. The schemas bear no ids, so that none knows another.
const AJV = new Ajv2020({ strict: false });

it('never needs less than MAJOR where a document was accepted and is refused', () => {
  fc.assert(
    fc.property(pairs, fc.array(documents, { minLength: 20, maxLength: 40 }), ([before, after], samples) => {
      const { required, reasons } = classifySchema(before, after);
      const judge = (schema: unknown) => {
        const validate = AJV.compile(schema as object);
        return (document: unknown): boolean => {
          try {
            return validate(document);
          } catch (error) {
            // The judge writes code that does not run for some nested dependentSchemas: it says nothing then.
            if (!(error instanceof ReferenceError)) throw error;
            fc.pre(false);
            return false;
          }
        };
      };
      const [was, is] = [judge(before), judge(after)];
      for (const { example } of reasons.filter((reason) => 'example' in reason))
        expect([was(example), is(example)]).toEqual([true, false]);
      if (required === 'major') return;
      const news = reasons.flatMap(({ rule, pointer }) =>
        rule === 'schema-property-added' ? [pointer?.split('/').at(-1) ?? ''] : [],
      );
      for (const sample of samples)
        if (was(sample) && !holdsNew(sample, news, before)) expect([sample, is(sample)]).toEqual([sample, true]);
    }),
    { numRuns: Number(process.env.SLIPWAY_RUNS ?? runs(30, 1_000)) },
  );
}, 600_000);
