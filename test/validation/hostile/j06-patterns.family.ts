import { IS_THOROUGH } from '../../support/runs';
import { type Family, type HostileCase, objectOf, times } from './hostile-case';
import { schema } from './releases';

const PARTS = ['a', '[a-z]', '\\d', '\\w', '.', '(?:a|b)', '[^x]', '\\s'];

/** Shapes that take a backtracking engine exponential or polynomial time, around each of the parts. */
const SHAPES: Readonly<Record<string, (part: string) => string>> = {
  'a repeat of a repeat': (part) => `^(${part}+)+$`,
  'a star of a star': (part) => `^(${part}*)*$`,
  'an option of a repeat, repeated': (part) => `^(${part}+|x)+$`,
  'alternatives that overlap': (part) => `^(${part}|${part}${part})+$`,
  'the same alternative twice': (part) => `^(${part}|${part})*$`,
  'an empty alternative, repeated': (part) => `^(${part}|)*$`,
  'stars in a row': (part) => `^${`${part}*`.repeat(12)}$`,
  'optional parts before as many': (part) => `^${`(?:${part})?`.repeat(30)}${part.repeat(30)}$`,
  'lazy repeats': (part) => `^(${part}+?)+?$`,
  'a counted repeat of a repeat': (part) => `^(${part}+){10,20}$`,
  'a repeat that starts anywhere': (part) => `${part}+${part}+${part}+$`,
  'nested groups': (part) => `${'('.repeat(40)}${part}${')*'.repeat(40)}`,
  'an address as many write it': (part) => `^(${part}+[.]?)+@(${part}+[.])+${part}{2,4}$`,
  'counted repeats in a row': (part) => `^${`${part}{0,50}`.repeat(10)}$`,
  'a repeat with a tail': (part) => `(${part}+)*;`,
  'a repeat with two tails': (part) => `^(${part}+)*(y|z)$`,
  'spaces to trim': (part) => `^\\s+|${part}\\s+$`,
  'a quoted text': (part) => `^"(${part}|\\\\.)*"$`,
};

const KEYWORDS: Readonly<Record<string, (pattern: string) => unknown>> = {
  pattern: (pattern) => ({ pattern }),
  patternProperties: (pattern) => ({ patternProperties: { [pattern]: {} } }),
  format: (pattern) => ({ format: pattern }),
};

/**
 * Each pattern once, in turn in each of the keywords: some 140 schemas with one, and one with all. Usually three of each shape,
 * one in each keyword, around other parts than those of the shape before.
 */
const single = Object.entries(SHAPES).flatMap(([shape, make], row) =>
  PARTS.flatMap((part, column): readonly HostileCase[] => {
    const first = row % (PARTS.length - 2);
    if (!IS_THOROUGH && (column < first || column > first + 2)) return [];
    const [keyword = '', schemaOf = KEYWORDS.pattern] = Object.entries(KEYWORDS)[(row + column) % 3] ?? [];
    return [schema(`${shape} of ${part} in ${keyword}`, () => schemaOf?.(make(part)), 'accepted')];
  }),
);

const LOOKING = ['(?=(a+)+$)b', '(?!(a+)+$)b', '(?<=(a+)+)b', '(?<!(a+)+)b', '(a+)\\1+', '^(?<n>a+)\\k<n>$', '(?=a)*b'];

export const family: Family = {
  row: 'J6 regular expressions',
  cases: [
    ...single,
    schema(
      'all of these together',
      () => ({
        patternProperties: Object.fromEntries(
          Object.values(SHAPES).flatMap((make) => PARTS.map((part) => [make(part), {}])),
        ),
      }),
      'accepted',
    ),
    ...LOOKING.map((pattern) =>
      schema(
        `what looks around or back: ${pattern}`,
        () => ({ pattern }),
        pattern === '(?=a)*b' ? 'verdict' : 'schema-pattern-not-linear',
      ),
    ),
    ...['(', ')', '[', '[z-a]', '*', 'a**', '(?<a', '\\', '{2,1}', 'a{2,1}', '(?i)a', '\\p{Nope}'].map((pattern) =>
      schema(`what is no pattern: ${pattern}`, () => ({ pattern }), 'verdict'),
    ),
    ...[
      '(a{1,1000}){1,1000}',
      '((a{100}){100}){100}',
      'a{1000000000}',
      '(((((a{9}){9}){9}){9}){9})',
      '\\p{L}{1000}',
    ].map((pattern) => schema(`repeats that multiply: ${pattern}`, () => ({ pattern }), 'schema-pattern-not-linear')),
    schema('a pattern of 700 KB', () => ({ pattern: '(a|b)'.repeat(140_000) }), 'schema-pattern-not-linear'),
    schema(
      '20,000 groups inside each other',
      () => ({ pattern: '('.repeat(20_000) + ')'.repeat(20_000) }),
      'schema-pattern-not-linear',
    ),
    schema('2,400 groups inside each other', () => ({ pattern: '('.repeat(2_400) + ')'.repeat(2_400) }), 'verdict'),
    schema('4,000 properties of Unicode', () => ({ pattern: '\\p{L}'.repeat(240) }), 'verdict'),
    schema('classes that never end', () => ({ pattern: '\\p{'.repeat(1_500) }), 'verdict'),
    schema(
      '5,000 patterns of 1,000 steps',
      () => ({ patternProperties: objectOf(5_000, (at) => [`^${at}a{1000}$`, {}]) }),
      'limit-exceeded',
    ),
    schema(
      '500 patterns of a Unicode class',
      () => ({ patternProperties: objectOf(500, (at) => [`^${at}\\p{L}{90}$`, {}]) }),
      'limit-exceeded',
    ),
    schema(
      'a list of 600 patterns in allOf',
      () => ({ allOf: times(600, (at) => ({ pattern: `^(a+${at})+$` })) }),
      'accepted',
    ),
  ],
};
