import { entryOf } from '../../content/source-node';
import { atOffset } from '../finding';
import { type Rule } from '../rule';
import { requiredKeys } from './manifest-keys';

export const rule: Rule = {
  id: 'manifest-key-missing',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'The manifest lacks a key that it must have.',
  *run({ manifest, manifestLayout }) {
    if (manifest === null || manifestLayout === null) return;
    for (const key of requiredKeys(manifestLayout)) {
      const value = entryOf(manifest.root, key)?.value;
      if (value === undefined) yield atOffset(manifest.file, manifest.root, `Add the key \`${key}\`.`, key);
      else if (value.type === 'scalar' && value.value === null)
        yield atOffset(manifest.file, value, `Give the key \`${key}\` a value.`, key);
    }
  },
};
