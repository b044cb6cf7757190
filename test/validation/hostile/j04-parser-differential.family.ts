import { MANIFEST } from '../support/a-release';
import { type Family } from './hostile-case';
import { manifest } from './releases';

const version = (written: string): string => MANIFEST.replace('version: 1.4.0', () => `version: ${written}`);

/** What different parsers read as different values. In a place that matters it is refused, whatever a parser makes of it. */
export const family: Family = {
  row: 'J4 one text, two readings',
  cases: [
    manifest('the same key twice', () => `${MANIFEST}version: 1.4.1\n`, 'duplicate-key'),
    manifest('the same key, plain and quoted', () => `${MANIFEST}"version": 1.4.1\n`, 'duplicate-key'),
    manifest('the same key by an escape', () => `${MANIFEST}"\\x76ersion": 1.4.1\n`, 'duplicate-key'),
    manifest('a number and its text as keys', () => `${MANIFEST}m: {1: a, "1": b}\n`, 'duplicate-key'),
    manifest('null and its text as keys', () => `${MANIFEST}m: {null: a, "null": b}\n`, 'duplicate-key'),
    ...[
      '1.10',
      '1.4',
      '0x10',
      '0o14',
      '012',
      '1_000',
      '190:20:30',
      '2026-03-01',
      '.inf',
      '-.inf',
      '.nan',
      '1e3',
      'yes',
      'no',
      'on',
      'true',
      'null',
      '~',
      '',
    ].map((written) =>
      manifest(
        `the version ${written || '(nothing)'}`,
        () => version(written),
        written.endsWith('inf') || written.endsWith('nan') ? 'manifest-not-readable' : 'verdict',
      ),
    ),
    manifest('a key that is a list', () => `${MANIFEST}[a, b]: 1\n`, 'verdict'),
    manifest('a key that is a map', () => `${MANIFEST}{a: b}: 1\n`, 'verdict'),
    manifest(
      'a text that one parser folds and another does not',
      () => `${MANIFEST}a: >-\n  b\n\n   c\n  d\n`,
      'verdict',
    ),
  ],
};
