import { type Family, times } from './hostile-case';
import { files, schemaText } from './releases';

const text = (name: string, content: string | (() => string | Uint8Array), expect: string) =>
  schemaText(name, typeof content === 'string' ? () => content : content, expect);

export const family: Family = {
  row: 'J5 JSON',
  cases: [
    text('a key twice', '{"type": "object", "type": "array"}', 'duplicate-key'),
    text('a key twice, once by an escape', '{"type": "object", "t\\u0079pe": "array"}', 'duplicate-key'),
    text('1e400', '{"minimum": 1e400}', 'file-not-readable'),
    text('-1e400', '{"minimum": -1e400}', 'file-not-readable'),
    text('1e-400, which is zero', '{"multipleOf": 1e-400}', 'schema-not-valid'),
    text('-0', '{"const": -0}', 'accepted'),
    text('a number of 100,000 digits', () => `{"minimum": ${'9'.repeat(100_000)}}`, 'file-not-readable'),
    text('a fraction of 100,000 digits', () => `{"minimum": 0.${'9'.repeat(100_000)}}`, 'accepted'),
    text('2 to the 53rd and one', '{"const": 9007199254740993}', 'verdict'),
    text(
      'a lone surrogate',
      '{"title": "\\ud800", "required": ["\\udfff"], "properties": {"a": {}}}',
      'schema-required-undefined',
    ),
    text('NUL in a text', '{"title": "\\u0000"}', 'accepted'),
    text(
      '5,000,000 lists inside each other, cut to the size of a file',
      () => '['.repeat(1024 * 1024),
      'limit-exceeded',
    ),
    text('maps 100,000 deep', () => '{"a":'.repeat(100_000), 'limit-exceeded'),
    text('as deep as is read', () => `${'{"items":'.repeat(60)}{}${'}'.repeat(60)}`, 'accepted'),
    text('500,000 values', () => `[${'1,'.repeat(500_000)}1]`, 'limit-exceeded'),
    text('comments', '// a\n{}', 'file-not-readable'),
    text('a trailing comma', '{"a": 1,}', 'file-not-readable'),
    text('single quotes', "{'a': 1}", 'file-not-readable'),
    text('NaN', '{"minimum": NaN}', 'file-not-readable'),
    text('a leading zero', '{"minimum": 012}', 'file-not-readable'),
    text('two values', '{} {}', 'file-not-readable'),
    text('nothing', '', 'file-not-readable'),
    text('blanks of another alphabet', '\u00a0{}', 'file-not-readable'),
    text('a byte order mark', '\uFEFF{}', 'byte-order-mark'),
    text(
      'a long key over many values',
      () => `{"${'k'.repeat(500_000)}": [${times(40_000, () => '1').join(',')}]}`,
      'limit-exceeded',
    ),
    files(
      '15 files of 90,000 values',
      () => Object.fromEntries(times(15, (at) => [`f${at}.json`, `[${'1,'.repeat(90_000)}1]`])),
      'limit-exceeded',
    ),
    files('490 small files', () => Object.fromEntries(times(490, (at) => [`f${at}.json`, '{"a": 1}'])), 'accepted'),
  ],
};
