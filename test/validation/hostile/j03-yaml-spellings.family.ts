import { MANIFEST } from '../support/a-release';
import { type Family } from './hostile-case';
import { manifest } from './releases';

const UNREADABLE = 'manifest-not-readable';
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

export const family: Family = {
  row: 'J3 tags, documents, encodings',
  cases: [
    ...[
      '!!js/function "x"',
      '!!binary aGk=',
      '!!python/object/apply:os.system [ls]',
      '!<tag:example.org,2026:x> 1',
      '!local 1',
      '!!str 1',
      '!!set {a}',
    ].map((tagged) => manifest(`the tag ${tagged}`, () => `${MANIFEST}a: ${tagged}\n`, UNREADABLE)),
    manifest('two documents', () => `${MANIFEST}---\n${MANIFEST}`, UNREADABLE),
    manifest('an end and a second document', () => `${MANIFEST}...\na: 1\n`, UNREADABLE),
    manifest('a directive', () => `%YAML 1.1\n---\n${MANIFEST}`, UNREADABLE),
    manifest('a tag directive', () => `%TAG ! tag:example.org,2026:\n---\n${MANIFEST}`, UNREADABLE),
    manifest('a byte order mark', () => `\uFEFF${MANIFEST}`, 'byte-order-mark'),
    manifest('two byte order marks', () => `\uFEFF\uFEFF${MANIFEST}`, 'verdict'),
    manifest('UTF-16, little end first', () => Buffer.from(`\uFEFF${MANIFEST}`, 'utf16le'), 'text-not-utf8'),
    manifest('UTF-16, big end first', () => utf16be(`\uFEFF${MANIFEST}`), 'text-not-utf8'),
    manifest('overlong UTF-8', () => Buffer.from([0x61, 0x3a, 0x20, 0xc0, 0xaf]), 'text-not-utf8'),
    manifest('a surrogate in UTF-8', () => Buffer.from([0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80]), 'text-not-utf8'),
    manifest('a tab for indentation', () => `${MANIFEST}a:\n\tb: 1\n`, UNREADABLE),
    manifest('lines that end as on Windows', () => MANIFEST.replaceAll('\n', '\r\n'), 'accepted'),
    manifest('lines that end in a carriage return alone', () => MANIFEST.replaceAll('\n', '\r'), 'verdict'),
    manifest('a NUL', () => `${MANIFEST}a: \0\n`, 'verdict'),
    manifest('a line separator inside a key', () => `${MANIFEST}a\u2028b: 1\n`, 'verdict'),
    manifest('nothing', () => '', UNREADABLE),
    manifest('a comment and nothing else', () => '# nothing\n', UNREADABLE),
    manifest('a list instead of a mapping', () => '- a\n', UNREADABLE),
  ],
};
