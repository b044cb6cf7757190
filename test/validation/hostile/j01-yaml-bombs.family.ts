import { MANIFEST } from '../support/a-release';
import { type Family, times } from './hostile-case';
import { files, manifest } from './releases';

const UNREADABLE = 'manifest-not-readable';
const LIMIT = 'limit-exceeded';

export const family: Family = {
  row: 'J1 YAML bombs',
  cases: [
    manifest(
      'aliases that double nine times',
      () => `a: &a [x, x]\n${times(9, (at) => `b${at}: &b${at} [*a, *a]`).join('\n')}`,
      UNREADABLE,
    ),
    manifest('an anchor that contains itself', () => 'a: &a [*a]\n', UNREADABLE),
    manifest('a merge bomb', () => `a: {b: 1}\n${times(500, () => '<<: {c: 1}').join('\n')}`, UNREADABLE),
    manifest('a merge key of an alias', () => 'a: &a {b: 1}\nc: {<<: *a}\n', UNREADABLE),
    manifest('flow lists 100,000 deep', () => '['.repeat(100_000), LIMIT),
    manifest('flow lists within the size that aborts a parser', () => '['.repeat(4_000) + ']'.repeat(4_000), LIMIT),
    manifest('flow maps 3,000 deep', () => '{a: '.repeat(3_000), LIMIT),
    manifest('block lists 100,000 deep', () => '- '.repeat(100_000), LIMIT),
    manifest('explicit keys 30,000 deep', () => '? '.repeat(30_000), LIMIT),
    manifest('block maps 600 deep', () => times(600, (at) => `${' '.repeat(at)}a:`).join('\n'), LIMIT),
    manifest('a million keys', () => times(1_000_000, (at) => `k${at}: 1`).join('\n'), LIMIT),
    manifest('40,000 keys in the smallest file', () => times(20_000, (at) => `k${at}: 1`).join('\n'), LIMIT),
    manifest('as many keys as are read', () => MANIFEST + times(4_900, (at) => `k${at}: 1`).join('\n'), 'accepted'),
    manifest('4,000 times the same key', () => `${MANIFEST}${'k: 1\n'.repeat(4_000)}`, 'duplicate-key'),
    manifest('100 MB', () => Buffer.alloc(100 * 1024 * 1024, 'a: b\n'), LIMIT),
    manifest('a list of 100,000 commas', () => `[${','.repeat(100_000)}]`, LIMIT),
    manifest('a list without commas', () => `a: [${'"b" '.repeat(30_000)}]`, 'verdict'),
    manifest('120,000 comments', () => '#\n'.repeat(120_000), LIMIT),
    manifest('quotes', () => '"'.repeat(250_001), LIMIT),
    manifest('a text of 40,000 lines', () => `${MANIFEST}long: |\n${'  x\n'.repeat(40_000)}`, 'accepted'),
    manifest('a quoted text of 40,000 lines', () => `${MANIFEST}long: "${'x\n  '.repeat(40_000)}"`, 'verdict'),
    manifest('12,000 escapes', () => `${MANIFEST}long: "${'\\x41'.repeat(12_000)}"`, 'accepted'),
    manifest('60,000 blanks inside a text', () => `${MANIFEST}long: a${' '.repeat(60_000)}b`, 'accepted'),
    manifest('20,000 closing brackets', () => '}\n'.repeat(20_000), UNREADABLE),
    manifest('20,000 colons', () => `${'a:'.repeat(20_000)}\n`, UNREADABLE),
    manifest('maps that start too far in', () => `a:\n${'   b: 1\n  c: 1\n'.repeat(3_000)}`, 'verdict'),
    files(
      '60 files of as many keys as are read',
      () => Object.fromEntries(times(60, (at) => [`f${at}.yaml`, times(4_900, (key) => `k${key}: 1`).join('\n')])),
      LIMIT,
    ),
    files(
      '60 lists of 40,000 items',
      () => Object.fromEntries(times(60, (at) => [`f${at}.yaml`, `[${'a,'.repeat(40_000)}]`])),
      LIMIT,
    ),
  ],
};
