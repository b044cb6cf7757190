import { MANIFEST } from '../support/a-release';
import { type Family } from './hostile-case';
import { release } from './releases';

export const family: Family = {
  row: 'J13 manifest against directory',
  cases: [
    release('another version than its directory', () => ({}), 'manifest-version-mismatch', { version: '1.4.1' }),
    release('another id than its directory', () => ({}), 'manifest-id-mismatch', { package: 'other_brief' }),
    release('another kind than its directory', () => ({}), 'manifest-id-mismatch', { package: 'roles/analyst' }),
    release('no manifest', () => ({ 'package.yaml': null }), 'manifest-missing'),
    release(
      'a manifest in another case',
      () => ({ 'package.yaml': null, 'Package.yaml': MANIFEST }),
      'manifest-missing',
    ),
    release(
      'a manifest under another ending',
      () => ({ 'package.yaml': null, 'package.yml': MANIFEST }),
      'manifest-missing',
    ),
    release(
      'a manifest one level down',
      () => ({ 'package.yaml': null, 'a/package.yaml': MANIFEST }),
      'manifest-missing',
    ),
    release(
      'a second manifest that says something else',
      () => ({ 'a/package.yaml': MANIFEST.replace('1.4.0', '9.9.9') }),
      'verdict',
    ),
    release(
      'a schema reference of another version',
      () => ({ 'package.yaml': MANIFEST.replace('schema:project_brief:1.4.0', 'schema:project_brief:1.3.9') }),
      'verdict',
    ),
    release(
      'no files at all',
      () => ({
        'package.yaml': null,
        'prompts/task.prompt.txt': null,
        'schemas/output.schema.json': null,
        'README.md': null,
      }),
      'manifest-missing',
    ),
  ],
};
