import { type Family } from './hostile-case';
import { schema } from './releases';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';
const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema';

const VALID: readonly unknown[] = [
  {},
  { type: ['string', 'null'], minLength: 0 },
  { $schema: DRAFT_07, items: [{}, true], additionalItems: false },
  { $schema: DRAFT_2020, prefixItems: [{}, true], items: false },
  { $schema: DRAFT_07, dependencies: { a: ['b'], c: {} } },
  { unknownKeyword: 1, default: { any: ['thing'] } },
  { not: false, if: true, then: {}, else: {} },
];
const INVALID: readonly unknown[] = [
  [],
  { type: 'text' },
  { type: [] },
  { type: ['string', 'string'] },
  { minLength: -1 },
  { minLength: 1.5 },
  { multipleOf: 0 },
  { required: 'a' },
  { required: ['a', 'a'] },
  { properties: [] },
  { properties: { a: null } },
  { allOf: [] },
  { pattern: 1 },
  { $ref: 1 },
  { $id: 1 },
  { $defs: { a: 1 } },
  { $schema: DRAFT_07, definitions: { a: 'b' } },
  { $schema: DRAFT_07, required: [1] },
];

/** A sample: whether the compiler is right about schemas is its own test suite's matter. */
export const family: Family = {
  row: 'J8 meta-schemas',
  cases: [
    ...VALID.map((value) => schema(`right: ${JSON.stringify(value)}`, () => value, 'accepted')),
    ...INVALID.map((value) => schema(`wrong: ${JSON.stringify(value)}`, () => value, 'schema-not-valid')),
  ],
};
