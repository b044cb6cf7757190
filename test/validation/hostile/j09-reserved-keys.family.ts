import { aRelease, mapWith, MANIFEST } from '../support/a-release';
import { type Family } from './hostile-case';
import { files, manifest, schema, schemaText } from './releases';

const INHERITED = [
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  '__lookupSetter__',
];
const POLLUTION = '{"polluted": true}';
/** Packages of these names are no one's; the maps they are looked up in are plain objects. */
const NAMED_LIKE = ['constructor', 'tostring', 'prototype', 'valueof'];

export const family: Family = {
  row: 'J9 keys that objects inherit',
  cases: [
    manifest('__proto__ in YAML', () => `${MANIFEST}__proto__: ${POLLUTION}\n`, 'reserved-key'),
    manifest('__proto__ deep in YAML', () => `${MANIFEST}a: [{b: {__proto__: ${POLLUTION}}}]\n`, 'reserved-key'),
    manifest('__proto__ by an escape in YAML', () => `${MANIFEST}"\\x5f_proto__": ${POLLUTION}\n`, 'reserved-key'),
    manifest('a manifest that is only __proto__', () => `__proto__:\n  doc_type_id: project_brief\n`, 'reserved-key'),
    schemaText('__proto__ in JSON', () => `{"__proto__": ${POLLUTION}}`, 'reserved-key'),
    schemaText('__proto__ by an escape in JSON', () => `{"\\u005f_proto__": ${POLLUTION}}`, 'reserved-key'),
    schemaText(
      '__proto__ as a property',
      () => `{"properties": {"__proto__": {"properties": {"polluted": {}}}}}`,
      'reserved-key',
    ),
    files(
      '__proto__ in a file of another kind',
      () => ({ 'a.json': `[{"__proto__": ${POLLUTION}}]`, 'b.yml': `__proto__: ${POLLUTION}\n` }),
      'reserved-key',
    ),
    schemaText('constructor.prototype', () => `{"constructor": {"prototype": ${POLLUTION}}}`, 'accepted'),
    ...INHERITED.flatMap((key) => [
      manifest(`${key} in YAML`, () => `${MANIFEST}${key}: ${POLLUTION}\n`, 'accepted'),
      schema(
        `${key} as a property`,
        () => ({ properties: { [key]: { type: 'object', properties: { polluted: {} } } } }),
        'accepted',
      ),
      schema(
        `${key} as a required property that nobody defines`,
        () => ({ properties: { a: {} }, required: [key] }),
        'schema-required-undefined',
      ),
      schema(`${key} as a keyword`, () => ({ [key]: { polluted: true } }), 'accepted'),
      schema(`a reference to ${key}`, () => ({ $ref: `#/${key}` }), 'schema-reference-unresolved'),
      schema(
        `a reference to ${key} of a definition`,
        () => ({ $defs: { a: {} }, $ref: `#/$defs/a/${key}` }),
        'schema-reference-unresolved',
      ),
      schema(
        `the dialect, format and type ${key}`,
        () => ({ format: key, $defs: { [key]: { $ref: `#/$defs/${key}` } } }),
        'verdict',
      ),
      schema(`an anchor ${key}`, () => ({ $anchor: key, items: { $ref: `#${key}` } }), 'verdict'),
    ]),
    schema('$ref to __proto__', () => ({ $ref: '#/__proto__' }), 'schema-reference-unresolved'),
    ...NAMED_LIKE.map((id) =>
      manifest(
        `requires a package named ${id}`,
        () => MANIFEST.replace('  - intake', `  - ${id}`),
        'required-input-unknown',
      ),
    ),
    {
      name: 'requires a package named constructor that is there',
      make: () =>
        aRelease(
          { 'package.yaml': MANIFEST.replace('  - intake', '  - constructor') },
          { map: mapWith({ constructor: { version: '1.0.0', requires: [] } }) },
        ),
      expect: 'accepted',
    },
    files(
      'paths named like what objects inherit',
      () => Object.fromEntries(INHERITED.map((name) => [name, 'x'])),
      'accepted',
    ),
  ],
};
