import { MANIFEST } from '../support/a-release';
import { type Family } from './hostile-case';
import { manifest } from './releases';

/** Ids that look like another, or that a file system or shell takes for something else. None of them is a package id. */
const IDS = [
  'pr\u043eject_brief', // a Cyrillic o
  'caf\u00e9',
  'cafe\u0301',
  'pro\u200dject',
  'pro\u200bject',
  '\u202etekcit',
  'intake\u0000',
  'a'.repeat(65),
  'a'.repeat(10_000),
  '-x',
  '.',
  '..',
  '../intake',
  '/intake',
  'roles/../intake',
  'a/b/c',
  'INTAKE',
  'in take',
  'intake ',
  'intake\\n',
  '%69ntake',
  '$(id)',
  'intake;id',
  '{{intake}}',
  'document_types/intake',
];

export const family: Family = {
  row: 'J10 ids',
  cases: [
    ...IDS.map((id) =>
      manifest(
        `requires ${JSON.stringify(id.slice(0, 40))}`,
        () => MANIFEST.replace('  - intake', () => `  - ${JSON.stringify(id)}`),
        'required-input-malformed',
      ),
    ),
    ...IDS.map((id) =>
      manifest(
        `is called ${JSON.stringify(id.slice(0, 40))}`,
        () => MANIFEST.replace('doc_type_id: project_brief', () => `doc_type_id: ${JSON.stringify(id)}`),
        'manifest-id-mismatch',
      ),
    ),
    ...['[]', '{}', '1', 'true', '[intake]', '{id: intake}', '""'].map((id) =>
      manifest(`requires ${id}`, () => MANIFEST.replace('  - intake', () => `  - ${id}`), 'required-input-malformed'),
    ),
    manifest('requires nothing', () => MANIFEST.replace('  - intake', '  -'), 'required-input-malformed'),
    manifest(
      'requires a text instead of a list',
      () => MANIFEST.replace('required_inputs:\n  - intake', 'required_inputs: intake'),
      'verdict',
    ),
    ...[
      '',
      ':',
      'prompt:',
      'prompt:role:',
      'prompt:role:analyst:',
      'prompt:role:analyst:1.0.0:x',
      'prompt:role:../x:1.0.0',
      'prompt:role:analyst:../1',
      `prompt:role:${'a'.repeat(60_000)}:1.0.0`,
      ':'.repeat(60_000),
      'PROMPT:ROLE:ANALYST:1.0.0',
      'prompt:role:analyst\u200b:1.0.0',
      'urn:prompt:role:analyst:1.0.0',
      'javascript:alert(1)',
    ].map((urn) =>
      manifest(
        `the role ${JSON.stringify(urn.slice(0, 40))}`,
        () => MANIFEST.replace('"prompt:role:analyst:1.0.0"', () => JSON.stringify(urn)),
        'verdict',
      ),
    ),
  ],
};
