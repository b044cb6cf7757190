import { LIMITS } from '../../../src/validation';
import { aRelease, type Changes, MANIFEST, schemaIs } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const named = (entries: readonly (readonly [string, unknown])[]): unknown => Object.fromEntries(entries);
/** Definitions that each refer to the next, `each` levels deep. */
const chain = (length: number): unknown => ({
  $ref: '#/$defs/d0',
  $defs: named([
    ...times(length, (at): [string, unknown] => [`d${at}`, { items: { $ref: `#/$defs/d${at + 1}` } }]),
    [`d${length}`, {}],
  ]),
});
const withExtra = (path: string, text: string): Changes => ({
  'package.yaml': `${MANIFEST}extra: extra\nfiles: ["extra/", "z.json"]\n`,
  [path]: text,
});
const SCHEMA_FILE = 'schemas/output.schema.json';

export const cases: readonly RuleCase[] = [
  {
    rule: 'limit-exceeded',
    when: 'a file has too many lines',
    request: aRelease(withExtra('extra/long.txt', '\n'.repeat(LIMITS.lines))),
    at: 'extra/long.txt:null:null null',
    says: 'more than 50000 lines',
  },
  {
    rule: 'limit-exceeded',
    when: 'a line is too long',
    request: aRelease(withExtra('extra/wide.txt', `a\n${'x'.repeat(LIMITS.lineLength + 1)}\n`)),
    at: 'extra/wide.txt:2:1 null',
    says: 'longer than 65536 characters',
  },
  {
    rule: 'limit-exceeded',
    when: 'keys are longer than a pointer may be',
    request: aRelease(withExtra('extra/keys.json', `{"a": {"${'k'.repeat(LIMITS.pointerLength)}": {"b": 1, "c": 2}}}`)),
    at: 'extra/keys.json:1:8 null',
    says: 'Shorten this key',
  },
  {
    rule: 'limit-exceeded',
    when: 'files are small and hold too much together',
    request: aRelease({
      ...withExtra('extra/a.json', `[${'1,'.repeat(75_000)}1]`),
      'z.json': `[${'1,'.repeat(80_000)}1]`,
    }),
    at: 'z.json:null:null null',
    says: 'hold more than 150000 keys and values',
  },
  {
    rule: 'limit-exceeded',
    when: 'patterns are too large together',
    request: aRelease(
      schemaIs({ patternProperties: named(times(60, (at): [string, unknown] => [`^${at}a{900}`, {}])) }),
    ),
    at: `${SCHEMA_FILE}:1:1 `,
    says: 'The patterns of this release are too large',
  },
  {
    rule: 'limit-exceeded',
    when: 'a definition of many schemas holds more that are referred to',
    request: aRelease(
      schemaIs({
        $defs: { all: { properties: named(times(100, (at): [string, unknown] => [`p${at}`, { items: {} }])) } },
        allOf: times(60, (at) => ({ $ref: `#/$defs/all/properties/p${at}` })),
        anyOf: times(2_600, (at) => ({ const: at })),
      }),
    ),
    at: `${SCHEMA_FILE}:1:1 `,
    says: 'come to more than 3000',
  },
  {
    rule: 'limit-exceeded',
    when: 'a schema is deep by its references',
    request: aRelease(schemaIs(chain(75))),
    at: `${SCHEMA_FILE}:1:1 `,
    says: 'nested more than 150 deep',
  },
];

export const silent: readonly SilentCase[] = [
  {
    when: 'JSON of one long line is within the limits',
    request: aRelease(withExtra('extra/line.json', JSON.stringify(times(30_000, (at) => `value ${at}`)))),
  },
  { when: 'references make a schema deep, within the limits', request: aRelease(schemaIs(chain(70))) },
  {
    when: 'definitions refer to each other',
    request: aRelease(
      schemaIs({
        $ref: '#/$defs/d0',
        $defs: named(
          times(10, (at): [string, unknown] => [
            `d${at}`,
            { properties: named(times(10, (to): [string, unknown] => [`to${to}`, { $ref: `#/$defs/d${to}` }])) },
          ]),
        ),
      }),
    ),
  },
];
