import { type ValidationEngine } from '../../src/validation';
import { aRelease, type Changes, MANIFEST, schemaIs, SCHEMA } from './support/a-release';
import { engineFromSource } from './support/engine-from-source';

const SCHEMA_FILE = 'schemas/output.schema.json';
const manifest = (text: string | Uint8Array): Changes => ({ 'package.yaml': text });
const schema = (text: string | Uint8Array): Changes => ({ [SCHEMA_FILE]: text });
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const deepSchema = (depth: number): string => `${'{"items":'.repeat(depth)}{}${'}'.repeat(depth)}`;

/** Content of people who mean harm: what it is, and the rule that has to say so. */
const CORPUS: readonly (readonly [string, Changes, string])[] = [
  [
    'an alias bomb',
    manifest(`a: &a [x, x]\n${times(9, (at) => `b${at}: &b${at} [*a, *a]`).join('\n')}`),
    'manifest-not-readable',
  ],
  ['a merge bomb', manifest(`a: {b: 1}\n${times(500, () => '<<: {c: 1}').join('\n')}`), 'manifest-not-readable'],
  ['flow brackets 100,000 deep', manifest('['.repeat(100_000)), 'limit-exceeded'],
  [
    'flow brackets within the size that aborts a parser',
    manifest('['.repeat(4_000) + ']'.repeat(4_000)),
    'limit-exceeded',
  ],
  ['flow maps', manifest('{a: '.repeat(3_000)), 'limit-exceeded'],
  ['block sequences 100,000 deep', manifest('- '.repeat(100_000)), 'limit-exceeded'],
  ['block maps 600 deep', manifest(times(600, (at) => `${' '.repeat(at)}a:`).join('\n')), 'limit-exceeded'],
  ['40,000 keys', manifest(times(40_000, (at) => `key_number_${at}: 1`).join('\n')), 'limit-exceeded'],
  ['20,000 short keys', manifest(times(20_000, (at) => `k${at}: 1`).join('\n')), 'limit-exceeded'],
  ['an array of 100,000 commas', manifest(`[${','.repeat(100_000)}]`), 'limit-exceeded'],
  ['quotes', manifest('"'.repeat(250_001)), 'limit-exceeded'],
  [
    'a tag for a function',
    manifest(`${MANIFEST}run: !!js/function 'function () { throw 1 }'\n`),
    'manifest-not-readable',
  ],
  ['an anchor that contains itself', manifest('a: &a [*a]\n'), 'manifest-not-readable'],
  ['several documents', manifest(`${MANIFEST}---\n${MANIFEST}`), 'manifest-not-readable'],
  ['a NUL', manifest(`${MANIFEST}a: \0\n`), 'any'],
  ['UTF-16', manifest(Buffer.from(`\uFEFF${MANIFEST}`, 'utf16le')), 'text-not-utf8'],
  ['overlong UTF-8', manifest(Buffer.from([0x61, 0x3a, 0x20, 0xc0, 0xaf])), 'text-not-utf8'],
  ['__proto__ in YAML', manifest(`${MANIFEST}__proto__: {polluted: true}\n`), 'reserved-key'],
  ['__proto__ in JSON', schema('{"__proto__": {"polluted": true}}'), 'reserved-key'],
  ['__proto__ by escape', schema('{"\\u005f_proto__": {"polluted": true}}'), 'reserved-key'],
  ['constructor and prototype', schema('{"properties": {"constructor": {"properties": {"prototype": {}}}}}'), 'none'],
  ['a duplicate key by escape', schema('{"type": "object", "t\\u0079pe": "array"}'), 'duplicate-key'],
  ['JSON 1,000,000 deep', schema('['.repeat(1_000_000)), 'limit-exceeded'],
  ['a schema 500 deep', schema(deepSchema(500)), 'limit-exceeded'],
  ['a schema as deep as is read', schema(deepSchema(60)), 'none'],
  ['500,000 values', schema(`[${'1,'.repeat(500_000)}1]`), 'limit-exceeded'],
  ['a number beyond all numbers', schema('{"minimum": 1e400}'), 'file-not-readable'],
  [
    'a lone surrogate',
    schema('{"title": "\\ud800", "required": ["\\udfff"], "properties": {"a": {}}}'),
    'schema-required-undefined',
  ],
  [
    'a pattern that backtracks for ever',
    schemaIs({ pattern: '^(a+)+$', patternProperties: { '^(b|b)*$': {} } }),
    'none',
  ],
  ['a pattern that looks around', schemaIs({ pattern: '^(?=(a+)+$)(?<!b)' }), 'schema-pattern-not-linear'],
  ['a pattern that counts to a billion', schemaIs({ pattern: '(a{1,1000}){1,1000}' }), 'any'],
  ['5,000 branches', schemaIs({ anyOf: times(5_000, (at) => ({ const: at })) }), 'any'],
  ['a schema that is only itself', schemaIs({ $ref: '#' }), 'none'],
  [
    'definitions that name each other',
    schemaIs({ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }),
    'schema-does-not-compile',
  ],
  [
    'a reference to the machine next door',
    schemaIs({ $ref: 'http://169.254.169.254/' }),
    'schema-reference-unresolved',
  ],
  ['a reference to a file', schemaIs({ $ref: '../../../../etc/passwd' }), 'schema-reference-unresolved'],
  [
    'a dynamic reference to nowhere',
    schemaIs({ $dynamicRef: 'https://example.org/a#b' }),
    'schema-reference-unresolved',
  ],
  ['an id that poses as a meta-schema', schemaIs({ $id: 'https://json-schema.org/draft/2020-12/schema' }), 'any'],
  ['a dialect from elsewhere', schemaIs({ $schema: 'https://example.org/schema' }), 'schema-dialect-unknown'],
  ['a format of its own', schemaIs({ format: '(a+)+$' }), 'none'],
  ['code in a property name', schemaIs({ properties: { 'a"];process.exit(1);//': {} } }), 'none'],
  ['$data', schemaIs({ properties: { a: { maximum: { $data: '1/b' } } } }), 'schema-not-valid'],
  [
    'a path that leaves',
    manifest(MANIFEST.replace('qa_prompt: null', 'qa_prompt: "../../_active/x"')),
    'artifact-outside-release',
  ],
  ['a message in disguise', manifest(MANIFEST.replace('role:analyst', 'role:\\u202E\\nx')), 'reference-malformed'],
  ['a very long key', schema(`{"${'k'.repeat(900_000)}": 1, "required": 1}`), 'limit-exceeded'],
  [
    'a file of another kind',
    { 'schemas/output.schema.json': SCHEMA, 'core.json': Buffer.from([0, 1, 2, 255]) },
    'text-not-utf8',
  ],
];

describe('hostile content', () => {
  let engine: ValidationEngine;
  beforeAll(() => (engine = engineFromSource({ timeoutMs: 25_000 })));
  afterAll(() => engine.close());

  it.each(CORPUS)('%s gets its verdict', async (_, changes, rule) => {
    const report = await engine.validate(aRelease(changes));
    const rules = new Set(report.findings.map((finding) => finding.rule));

    if (rule === 'none') expect([...rules]).toEqual([]);
    else if (rule !== 'any') expect([...rules]).toContain(rule);
    for (const finding of report.findings) expect(finding.message).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}]{1,500}$/u);
    expect([...rules]).not.toContain('validator-crashed');
    expect([...rules]).not.toContain('validator-timeout');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
