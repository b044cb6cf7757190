import { type Family, objectOf, times } from './hostile-case';
import { release, schema, SCHEMA_FILE } from './releases';
import { MANIFEST, schemaIs } from '../support/a-release';

const NOWHERE = 'schema-reference-unresolved';
const LIMIT = 'limit-exceeded';
const away = [
  'http://169.254.169.254/latest/meta-data/',
  'http://localhost:1/schema.json',
  'https://example.org/schema.json',
  '//example.org/schema.json',
  'file:///etc/passwd',
  'file://example.org/share/x',
  'ftp://example.org/x',
  'data:application/json,{}',
  'jar:file:/x!/y',
  '../../../../../../etc/passwd',
  '/etc/passwd',
  'C:\\Windows\\win.ini',
  'other.schema.json',
  '#/$defs/nothing',
  '#nothing',
  '#/%ZZ',
  '#/~2',
  '%',
];
const chain = (length: number, wrap: (inner: unknown) => unknown): unknown => ({
  $ref: '#/$defs/d0',
  $defs: objectOf(length + 1, (at) => [`d${at}`, at === length ? {} : wrap({ $ref: `#/$defs/d${at + 1}` })]),
});
const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
  depth === 0 ? {} : wrap(nested(depth - 1, wrap));
const named = (paths: readonly string[]): string => `${MANIFEST}files: ${JSON.stringify(paths)}\n`;

export const family: Family = {
  row: 'J7 references and shapes of schemas',
  cases: [
    ...['$ref', '$dynamicRef'].flatMap((keyword) =>
      away.map((uri) => schema(`${keyword} to ${JSON.stringify(uri)}`, () => ({ [keyword]: uri }), NOWHERE)),
    ),
    ...away
      .slice(0, 6)
      .map((uri) =>
        schema(
          `an $id of ${uri} and a reference beside it`,
          () => ({ $id: uri, $defs: { a: { $ref: 'neighbour.json' } } }),
          NOWHERE,
        ),
      ),
    ...away.slice(0, 6).map((uri) => schema(`the dialect ${uri}`, () => ({ $schema: uri }), 'schema-dialect-unknown')),
    schema(
      'an $id that poses as a meta-schema',
      () => ({ $id: 'https://json-schema.org/draft/2020-12/schema' }),
      'verdict',
    ),
    schema(
      'a meta-schema of its own vocabulary',
      () => ({ $vocabulary: { 'https://example.org/v': true } }),
      'verdict',
    ),
    schema('two schemas with one $id', () => ({ $defs: { a: { $id: 'x' }, b: { $id: 'x' } } }), 'verdict'),
    schema('$data', () => ({ properties: { a: { maximum: { $data: '1/b' } } } }), 'schema-not-valid'),
    schema('a schema that is only itself', () => ({ $ref: '#' }), 'accepted'),
    schema(
      'definitions that are only each other',
      () => ({ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }),
      'schema-does-not-compile',
    ),
    schema('a reference to where it stands', () => ({ properties: { a: { $ref: '#/properties/a' } } }), 'verdict'),
    schema('a dynamic reference to itself', () => ({ $dynamicAnchor: 'a', items: { $dynamicRef: '#a' } }), 'verdict'),
    schema('500 lists inside each other', () => nested(500, (items) => ({ items })), LIMIT),
    schema('60 lists inside each other', () => nested(60, (items) => ({ items })), 'accepted'),
    schema('30 choices inside each other', () => nested(30, (inner) => ({ oneOf: [inner] })), 'accepted'),
    schema('5,000 branches', () => ({ anyOf: times(5_000, (at) => ({ const: at })) }), LIMIT),
    schema('2,900 branches', () => ({ anyOf: times(2_900, (at) => ({ const: at })) }), 'accepted'),
    schema(
      '1,400 branches of properties, and no other',
      () => ({ anyOf: times(1_400, (at) => ({ properties: { [`p${at}`]: {} } })), unevaluatedProperties: false }),
      'accepted',
    ),
    schema('a tree of 16,000 branches', () => nested(13, (inner) => ({ anyOf: [inner, inner] })), LIMIT),
    schema(
      'a tree of 2,000 properties',
      () => nested(10, (inner) => ({ properties: { a: inner, b: inner } })),
      'accepted',
    ),
    schema('40 doublings by reference', () => chain(40, (inner) => ({ allOf: [inner, inner] })), 'accepted'),
    schema(
      '40 doublings by reference, and no other property',
      () => ({ ...(chain(40, (inner) => ({ allOf: [inner, inner] })) as object), unevaluatedProperties: false }),
      'verdict',
    ),
    schema('a chain of 5,000 references', () => chain(5_000, (inner) => inner), LIMIT),
    schema('a chain of 140 references', () => chain(140, (inner) => inner), 'accepted'),
    schema('a chain of 70 lists', () => chain(70, (items) => ({ items })), 'accepted'),
    schema(
      'a circle of 2,000 references',
      () => ({
        $defs: objectOf(2_000, (at) => [`d${at}`, { items: { $ref: `#/$defs/d${(at + 1) % 2_000}` } }]),
        $ref: '#/$defs/d0',
      }),
      LIMIT,
    ),
    schema(
      '400 definitions, each referred to',
      () => ({ $defs: objectOf(400, (at) => [`d${at}`, {}]), allOf: times(400, (at) => ({ $ref: `#/$defs/d${at}` })) }),
      'accepted',
    ),
    schema(
      '2,500 references to one definition',
      () => ({
        $defs: { a: { anyOf: times(200, (at) => ({ const: at })) } },
        allOf: times(2_500, () => ({ $ref: '#/$defs/a' })),
      }),
      'accepted',
    ),
    schema(
      '5,000 references to a large definition',
      () => ({
        $defs: { a: { anyOf: times(2_000, (at) => ({ const: at })) } },
        allOf: times(5_000, () => ({ $ref: '#/$defs/a' })),
      }),
      LIMIT,
    ),
    schema(
      'references into each level of one definition',
      () => ({
        $defs: { a: nested(20, (items) => ({ items, anyOf: times(100, (at) => ({ const: at })) })) },
        allOf: times(20, (at) => ({ $ref: `#/$defs/a${'/items'.repeat(at)}` })),
      }),
      LIMIT,
    ),
    schema(
      '10,000 anchors',
      () => ({
        $defs: objectOf(10_000, (at) => [`d${at}`, { $anchor: `x${at}` }]),
        allOf: times(10_000, (at) => ({ $ref: `#x${at}` })),
      }),
      LIMIT,
    ),
    schema('10,000 ids', () => ({ $defs: objectOf(10_000, (at) => [`d${at}`, { $id: `x${at}` }]) }), 'verdict'),
    schema(
      'ids inside each other that grow',
      () =>
        nested(30, (inner) => ({
          $id: `${'a'.repeat(1_900)}/`,
          $defs: { a: inner, ...(objectOf(20, (at) => [`b${at}`, { $ref: 'x' }]) as object) },
        })),
      'verdict',
    ),
    ...[
      'a'.repeat(900_000),
      `//${':'.repeat(900_000)}^`,
      `//[${'a:'.repeat(400_000)}`,
      '%41'.repeat(300_000),
      `http://${'a.'.repeat(400_000)}`,
    ].flatMap((uri) => [
      schema(`an $id of ${uri.length} characters, ${uri.slice(0, 8)}`, () => ({ $id: uri }), 'verdict'),
      schema(`a reference of ${uri.length} characters, ${uri.slice(0, 8)}`, () => ({ $ref: uri }), 'verdict'),
    ]),
    schema('90,000 types', () => ({ type: times(90_000, (at) => `x${at}`) }), 'schema-not-valid'),
    schema('90,000 values to choose from', () => ({ enum: times(90_000, (at) => at) }), 'accepted'),
    schema(
      '20,000 required names, all defined',
      () => ({ required: times(20_000, (at) => `k${at}`), properties: objectOf(20_000, (at) => [`k${at}`, true]) }),
      'verdict',
    ),
    schema(
      '2,500 required names, all defined',
      () => ({ required: times(2_500, (at) => `k${at}`), properties: objectOf(2_500, (at) => [`k${at}`, true]) }),
      'accepted',
    ),
    schema(
      '30,000 properties that are no schemas',
      () => ({ properties: objectOf(30_000, (at) => [`k${at}`, 5]) }),
      'schema-not-valid',
    ),
    schema(
      '1,000 properties that are no schemas',
      () => ({ properties: objectOf(1_000, (at) => [`k${at}`, 5]) }),
      'schema-not-valid',
    ),
    schema(
      '1,000 dependencies',
      () => ({ dependentRequired: objectOf(1_000, (at) => [`d${at}`, ['a', 'b', 'c']]) }),
      'accepted',
    ),
    schema(
      '20,000 dependencies',
      () => ({ dependentRequired: objectOf(20_000, (at) => [`d${at}`, ['a', 'b', 'c']]) }),
      'verdict',
    ),
    schema('a format of its own', () => ({ format: '(a+)+$' }), 'accepted'),
    schema(
      'code in a property name',
      () => ({
        properties: {
          'a"];process.exit(1);//': {},
          "'+process.exit(1)+'": {},
          '${process.exit(1)}': {},
          '\u2028*/process.exit(1)/*': {},
        },
      }),
      'accepted',
    ),
    schema(
      'code in a pattern, a constant and an id',
      () => ({ $id: '*/process.exit(1)/*', pattern: '/;process.exit(1);//', const: '`+process.exit(1)+`' }),
      'verdict',
    ),
    release(
      '300 schema files, each of which refers to the next',
      () => {
        const paths = times(300, (at) => `s/${at}.schema.json`);
        return {
          'package.yaml': named(paths),
          ...Object.fromEntries(
            paths.map((path, at) => [
              path,
              JSON.stringify(at === 299 ? {} : { items: { $ref: `${at + 1}.schema.json` } }),
            ]),
          ),
        };
      },
      LIMIT,
    ),
    release(
      '450 schema files',
      () => {
        const paths = times(450, (at) => `s/${at}.schema.json`);
        return { 'package.yaml': named(paths), ...Object.fromEntries(paths.map((path) => [path, '{}'])) };
      },
      'accepted',
    ),
    release(
      'two files with one $id',
      () => ({
        'package.yaml': named(['b.schema.json']),
        ...schemaIs({ $id: 'https://example.org/a', $ref: 'b' }),
        'b.schema.json': '{"$id": "https://example.org/b", "$ref": "a"}',
      }),
      'verdict',
    ),
    release(
      'a schema named by another ending',
      () => ({
        'package.yaml': MANIFEST.replace(SCHEMA_FILE, 'x.txt'),
        'x.txt': '{"$ref": "http://localhost:1/"}',
        [SCHEMA_FILE]: null,
      }),
      NOWHERE,
    ),
  ],
};
