import { LIMITS } from '../../../src/validation';
import { aRelease, MANIFEST, manifestWith, schemaIs, SCHEMA, schemaWith } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

const FILE = 'schemas/output.schema.json';
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const named = (paths: readonly string[]): string => `house_files: [${paths.join(', ')}]\n`;
const withExtra = (path: string, content: string | Uint8Array): ReturnType<typeof aRelease> =>
  aRelease({ 'package.yaml': MANIFEST + named([path]), [path]: content });

export const cases: readonly RuleCase[] = [
  {
    rule: 'file-not-readable',
    when: 'the schema is not JSON',
    request: aRelease(schemaWith('"type": "object",', '"type": "object"')),
    at: `${FILE}:5:3 null`,
    says: 'This is not JSON: a comma is expected.',
  },
  {
    rule: 'file-not-readable',
    when: 'the schema is empty',
    request: aRelease({ [FILE]: '' }),
    at: `${FILE}:1:1 null`,
    says: 'This is not JSON: a value is expected.',
  },
  {
    rule: 'file-not-readable',
    when: 'another YAML file is not YAML',
    request: withExtra('extra/notes.yaml', 'a: 1\nb: [1, 2\n'),
    at: 'extra/notes.yaml:3:1 null',
    says: 'This is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
  },
  {
    rule: 'file-not-readable',
    when: 'another YAML file uses an anchor',
    request: withExtra('extra/notes.yaml', 'a: &x 1\n'),
    at: 'extra/notes.yaml:1:4 null',
    says: 'Write plain YAML: an anchor (&) is not accepted here.',
  },
  {
    rule: 'duplicate-key',
    when: 'a key of the schema stands twice',
    request: aRelease(schemaWith('"type": "object",', '"type": "object",\n  "type": "object",')),
    at: `${FILE}:5:3 /type`,
    says: 'Remove one of the two keys "type".',
  },
  {
    rule: 'duplicate-key',
    when: 'a key of the manifest stands twice',
    request: aRelease({ 'package.yaml': `${MANIFEST}house_key: again\n` }),
    at: 'package.yaml:22:1 /house_key',
    says: 'Remove one of the two keys "house_key".',
  },
  {
    rule: 'reserved-key',
    when: 'a property is called __proto__',
    request: aRelease(schemaWith('"title": {', '"__proto__": {}, "title": {')),
    at: `${FILE}:7:5 /properties/__proto__`,
    says: 'Rename the key __proto__: it is not accepted.',
  },
  {
    rule: 'limit-exceeded',
    when: 'JSON is nested too deeply',
    request: withExtra('extra/deep.json', nested(LIMITS.jsonDepth + 1)),
    at: 'extra/deep.json:1:65 null',
    says: 'The JSON is nested more than 64 deep. Make it smaller.',
  },
  {
    rule: 'limit-exceeded',
    when: 'YAML is nested too deeply',
    request: withExtra('extra/deep.yaml', nested(LIMITS.yamlDepth + 1)),
    at: 'extra/deep.yaml:1:26 null',
    says: 'The YAML is nested more than 24 deep. Make it smaller.',
  },
  {
    rule: 'limit-exceeded',
    when: 'YAML has too many keys',
    request: withExtra('extra/keys.yaml', Array.from({ length: 5_001 }, (_, at) => `k${at}: 1`).join('\n')),
    at: 'extra/keys.yaml:5001:6 null',
    says: 'The YAML is longer than 5000 keys. Make it smaller.',
  },
  {
    rule: 'limit-exceeded',
    when: 'a YAML file is too large',
    request: withExtra('extra/long.yaml', `a: ${'x'.repeat(LIMITS.yamlBytes)}`),
    at: 'extra/long.yaml:null:null null',
    says: 'The YAML is larger than 256 KiB. Make it smaller.',
  },
  {
    rule: 'limit-exceeded',
    when: 'a file is too large',
    request: withExtra('extra/long.txt', 'x'.repeat(LIMITS.fileBytes + 1)),
    at: 'extra/long.txt:null:null null',
    says: 'The file is larger than 1024 KiB. Make it smaller.',
  },
  {
    rule: 'text-not-utf8',
    when: 'a prompt is Latin-1',
    request: aRelease({ 'prompts/task.prompt.txt': Buffer.from('caf\u00e9', 'latin1') }),
    at: 'prompts/task.prompt.txt:null:null null',
    says: 'The file is not UTF-8. Save it as UTF-8.',
  },
  {
    rule: 'text-not-utf8',
    when: 'the manifest is UTF-16',
    request: aRelease({ 'package.yaml': Buffer.from(`\uFEFF${MANIFEST}`, 'utf16le') }),
    at: 'package.yaml:null:null null',
    says: 'The file is not UTF-8. Save it as UTF-8.',
  },
  {
    rule: 'byte-order-mark',
    when: 'the schema begins with a byte order mark',
    request: aRelease({ [FILE]: `\uFEFF${SCHEMA}` }),
    at: `${FILE}:1:1 null`,
    says: 'Save the file without a byte order mark.',
  },
  {
    rule: 'schema-dialect-unknown',
    when: 'the schema is of draft-04',
    request: aRelease(schemaWith('draft-07', 'draft-04')),
    at: `${FILE}:2:14 /$schema`,
    says: 'Set `$schema` to `http://json-schema.org/draft-07/schema#`',
  },
  {
    rule: 'schema-not-valid',
    when: 'a type is misspelt',
    request: aRelease(schemaWith('"title": { "type": "string"', '"title": { "type": "sting"')),
    at: `${FILE}:7:24 /properties/title/type`,
    says: 'Not a draft-07 schema: must be array or must be one of array, boolean, integer,',
  },
  {
    rule: 'schema-not-valid',
    when: 'a 2020-12 schema has a number where a schema belongs',
    request: aRelease(schemaIs({ properties: { a: 1 } })),
    at: `${FILE}:3:10 /properties/a`,
    says: 'Not a 2020-12 schema: must be object,boolean.',
  },
  {
    rule: 'schema-pattern-invalid',
    when: 'a pattern is no regular expression',
    request: aRelease(schemaWith('^[A-Z]', '(')),
    at: `${FILE}:7:45 /properties/title/pattern`,
    says: 'Correct the pattern: `(` is not a regular expression.',
  },
  {
    rule: 'schema-pattern-invalid',
    when: 'a key of patternProperties is no regular expression',
    request: aRelease(schemaIs({ patternProperties: { '[z-a]': {} } })),
    at: `${FILE}:3:5 /patternProperties/[z-a]`,
    says: 'Correct the pattern: `[z-a]` is not a regular expression.',
  },
  {
    rule: 'schema-pattern-not-linear',
    when: 'a pattern looks ahead',
    request: aRelease(schemaWith('^[A-Z]', '^(?!x)[A-Z]')),
    at: `${FILE}:7:45 /properties/title/pattern`,
    says: 'Write the pattern without look-around',
  },
  {
    rule: 'schema-reference-unresolved',
    when: 'a definition is missing',
    request: aRelease(schemaWith('"#/definitions/part"', '"#/definitions/pert"')),
    at: `${FILE}:8:52 /properties/parts/items/$ref`,
    says: '`#/definitions/pert` leads nowhere in this release',
  },
  {
    rule: 'schema-reference-unresolved',
    when: 'a reference leads to the network',
    request: aRelease(schemaWith('"#/definitions/part"', '"http://169.254.169.254/latest/meta-data"')),
    at: `${FILE}:8:52 /properties/parts/items/$ref`,
    says: '`http://169.254.169.254/latest/meta-data` leads nowhere in this release',
  },
  {
    rule: 'schema-reference-unresolved',
    when: 'a reference leads to a file outside of the release',
    request: aRelease(schemaWith('"#/definitions/part"', '"file:///etc/passwd"')),
    at: `${FILE}:8:52 /properties/parts/items/$ref`,
    says: '`file:///etc/passwd` leads nowhere in this release',
  },
  {
    rule: 'schema-does-not-compile',
    when: 'two schemas of the document have one id',
    request: aRelease(schemaIs({ $defs: { a: { $id: 'x:a', type: 'string' }, b: { $id: 'x:a', type: 'number' } } })),
    at: `${FILE}:1:1 `,
    says: 'No validator can be made of this schema: reference "x:a" resolves to more than one schema.',
  },
  {
    rule: 'schema-required-undefined',
    when: 'a required property is not defined',
    request: aRelease(schemaWith('["title"]', '["title", "tittle"]')),
    at: `${FILE}:5:25 /required/1`,
    says: 'Define the property `tittle`, or do not require it.',
  },
];

export const silent: readonly SilentCase[] = [
  { when: 'the schema has no $schema and no $id', request: aRelease(schemaIs({ type: 'object' })) },
  { when: 'the schema is a boolean', request: aRelease(schemaIs(true)) },
  {
    when: '$id is a URL',
    request: aRelease(schemaIs({ $id: 'https://example.org/a.json', $ref: '#/$defs/a', $defs: { a: true } })),
  },
  {
    when: '$id is opaque and a reference is local',
    request: aRelease(schemaIs({ $id: 'schema://brief/1.0', items: { $ref: '#/$defs/a' }, $defs: { a: {} } })),
  },
  { when: 'a schema refers to itself', request: aRelease(schemaIs({ properties: { child: { $ref: '#' } } })) },
  {
    when: 'a reference leads to an anchor',
    request: aRelease(schemaIs({ items: { $ref: '#part' }, $defs: { p: { $anchor: 'part' } } })),
  },
  {
    when: 'a reference leads to another schema of the release',
    request: aRelease({
      ...schemaIs({ items: { $ref: 'part.schema.json#/$defs/a' } }),
      'schemas/part.schema.json': '{"$defs": {"a": {"type": "string"}}}',
    }),
  },
  {
    when: 'a reference leads to the meta-schema',
    request: aRelease(schemaIs({ properties: { schema: { $ref: 'https://json-schema.org/draft/2020-12/schema' } } })),
  },
  {
    when: 'a choice requires properties that its parent defines',
    request: aRelease(
      schemaIs({ properties: { a: {}, b: {} }, anyOf: [{ required: ['a'] }, { required: ['b'] }], type: 'object' }),
    ),
  },
  {
    when: 'a required property is defined behind a reference',
    request: aRelease(
      schemaIs({
        properties: { a: {} },
        required: ['b'],
        $ref: '#/$defs/more',
        $defs: { more: { properties: { b: {} } } },
      }),
    ),
  },
  {
    when: 'properties are defined by a pattern',
    request: aRelease(schemaIs({ properties: { a: {} }, patternProperties: { '^x': {} }, required: ['xy'] })),
  },
  {
    when: 'a map requires some of its keys',
    request: aRelease(schemaIs({ additionalProperties: { type: 'string' }, required: ['en'] })),
  },
  {
    when: 'a property has the name of something every object inherits',
    request: aRelease(schemaIs({ properties: { constructor: {}, toString: {} }, required: ['toString'] })),
  },
  { when: 'a pattern escapes what it need not', request: aRelease(schemaWith('^[A-Z]', '^[\\\\w\\\\-.]+$')) },
  { when: 'an unknown keyword and format stand in a schema', request: aRelease(schemaIs({ 'x-a': 1, format: 'own' })) },
  {
    when: 'the manifest has Windows line ends',
    request: aRelease({ 'package.yaml': MANIFEST.replaceAll('\n', '\r\n') }),
  },
  { when: 'the manifest has a document start', request: aRelease({ 'package.yaml': `---\n${MANIFEST}` }) },
  { when: 'a text holds brackets', request: aRelease(manifestWith('kept', `"${'['.repeat(50)}"`)) },
];
