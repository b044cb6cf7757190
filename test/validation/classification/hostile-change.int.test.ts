import { LIMITS, type ValidationEngine } from '../../../src/validation';
import { aRelease, type Changes, DOCUMENT_TYPE, schemaIs } from '../support/a-release';
import { engineFromSource } from '../support/engine-from-source';
import { classify } from './a-change';
import { createChangeRequest } from './change-request';

const MISBEHAVE = ['-r', require.resolve('../support/misbehave.cjs')];
const SCHEMA_PATH = 'schemas/output.schema.json';

/** Every definition refers twice to the next: paths double with each. */
function doubling(levels: number, leaf: object): object {
  const defs = Object.fromEntries(
    Array.from({ length: levels }, (_, at) => [
      `d${at}`,
      { allOf: [{ $ref: `#/$defs/d${at + 1}` }, { properties: { [`p${at}`]: { $ref: `#/$defs/d${at + 1}` } } }] },
    ]),
  );
  return { $ref: '#/$defs/d0', $defs: { ...defs, [`d${levels}`]: leaf } };
}

function branches(count: number, limit: number): object {
  return {
    anyOf: Array.from({ length: count }, (_, at) => ({ type: 'string', minLength: at, maxLength: limit + at })),
  };
}

const HOSTILE: readonly (readonly [string, Changes, Changes])[] = [
  ['references that double', schemaIs(doubling(40, { enum: [1, 2] })), schemaIs(doubling(40, { enum: [1] }))],
  [
    'references to nothing but each other',
    schemaIs({ $ref: '#/$defs/a', $defs: { a: { $ref: '#' } } }),
    schemaIs({ $ref: '#/$defs/a', type: 'object', $defs: { a: { $ref: '#' } } }),
  ],
  ['hundreds of alternatives', schemaIs(branches(400, 500)), schemaIs(branches(400, 499))],
  [
    'a chain of thousands of references',
    schemaIs({
      $ref: '#/$defs/d0',
      $defs: Object.fromEntries(
        Array.from({ length: 3_000 }, (_, at) => [
          `d${at}`,
          { properties: { a: { $ref: `#/$defs/d${Math.min(at + 1, 2_999)}` } }, maxProperties: 3 },
        ]),
      ),
    }),
    schemaIs({
      $ref: '#/$defs/d0',
      $defs: Object.fromEntries(
        Array.from({ length: 3_000 }, (_, at) => [
          `d${at}`,
          { properties: { a: { $ref: `#/$defs/d${Math.min(at + 1, 2_999)}` } }, maxProperties: 2 },
        ]),
      ),
    }),
  ],
  [
    'a list of tens of thousands of items',
    { 'a.json': JSON.stringify(Array.from({ length: 30_000 }, (_, id) => ({ id }))) },
    { 'a.json': JSON.stringify(Array.from({ length: 30_000 }, (_, id) => ({ id: 30_000 - id }))) },
  ],
  [
    'patterns that backtrack',
    schemaIs({ type: 'string', pattern: '^(a+)+$' }),
    schemaIs({ type: 'string', pattern: '^(a+)+b$' }),
  ],
  [
    'keys that objects inherit',
    schemaIs({ properties: { constructor: { type: 'string' }, toString: true } }),
    schemaIs({ properties: { constructor: { type: 'null' } } }),
  ],
  [
    'properties that a judge trips over',
    schemaIs({ properties: { valueOf: { type: ['string', 'object'] } }, enum: [{ valueOf: 'text' }, { valueOf: {} }] }),
    schemaIs({ properties: { valueOf: { type: 'object' } } }),
  ],
  ['a text of a megabyte', { 'a.txt': 'word '.repeat(200_000) }, { 'a.txt': 'werd '.repeat(200_000) }],
];

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const renamed = (prefix: string): Changes =>
  schemaIs({ properties: Object.fromEntries(numbers(1_000).map((at) => [`${prefix}${at}`, { maxLength: at % 7 }])) });
const listed = (prefix: string): Changes => schemaIs({ enum: numbers(5_000).map((at) => `${prefix}${at}`) });
const LARGE: readonly (readonly [string, Changes, Changes])[] = [
  ['a thousand properties are renamed', renamed('old'), renamed('new')],
  ['five thousand listed values are replaced', listed('old'), listed('new')],
];

it('names each property once as the new name of another', () => {
  const { reasons } = classify(renamed('old'), renamed('new'));
  const successors = reasons.flatMap(({ message }) => /renamed to "(.*)"/.exec(message)?.[1] ?? []);

  expect(successors.length).toBeGreaterThan(100);
  expect(new Set(successors).size).toBe(successors.length);
});

describe('the comparison of hostile content', () => {
  let engine: ValidationEngine;
  beforeAll(() => (engine = engineFromSource()));
  afterAll(() => engine.close());

  it.each([...HOSTILE, ...LARGE])('ends with a verdict: %s', async (_, before, after) => {
    const { required, reasons } = await engine.classifyChange(createChangeRequest(before, after));

    expect(reasons[0]?.changeType).toBe(required);
    expect(required).not.toBeNull();
    expect(reasons.map(({ rule }) => rule)).not.toContain('content-not-compared');
  });

  it('claims no example of a pattern that is not run', async () => {
    const before = schemaIs({ type: 'string', pattern: '^(?=a)a' });
    const after = schemaIs({ type: 'string', pattern: '^(?=b)b' });
    const { reasons } = await engine.classifyChange(createChangeRequest(before, after));

    expect(reasons).toMatchObject([{ rule: 'schema-pattern-changed', path: SCHEMA_PATH }]);
    expect(reasons[0]).not.toHaveProperty('example');
  });

  it('needs MAJOR for a release that is too large to be read', async () => {
    const files = Array.from({ length: LIMITS.files + 1 }, (_, at) => ({
      path: `${at}.txt`,
      bytes: new Uint8Array(1),
    }));
    const request = { kind: 'document_types', manifest: DOCUMENT_TYPE, before: aRelease().files, after: files };

    expect(await engine.classifyChange(request)).toMatchObject({
      required: 'major',
      reasons: [{ rule: 'content-too-large', path: null }],
    });
  });
});

it.each(['fault-exit', 'fault-hang'])('needs MAJOR where the child ends or hangs: %s', async (name) => {
  const engine = engineFromSource({ processes: 1, timeoutMs: 2_000, execArgv: MISBEHAVE });
  try {
    const faulty = await engine.classifyChange(createChangeRequest({}, { [name]: '' }));
    expect(faulty).toMatchObject({ required: 'major', reasons: [{ rule: 'content-not-compared', path: null }] });
    expect(await engine.classifyChange(createChangeRequest({}, {}))).toEqual({ required: null, reasons: [] });
  } finally {
    await engine.close();
  }
});
