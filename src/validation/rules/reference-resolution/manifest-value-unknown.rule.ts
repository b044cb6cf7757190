import { entryOf, textOf } from '../../content/source-node';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';
import { AUTHORITY_LEVELS, CREATION_MODES, isDocumentTypeManifest } from './manifest-keys';

export const rule: Rule = {
  id: 'manifest-value-unknown',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'authority_level or creation_mode is none of the known ones.',
  *run({ manifest, manifestLayout }) {
    if (manifest === null || manifestLayout === null || !isDocumentTypeManifest(manifestLayout)) return;
    for (const [key, known] of [
      ['authority_level', AUTHORITY_LEVELS],
      ['creation_mode', CREATION_MODES],
    ] as const) {
      const node = entryOf(manifest.root, key)?.value;
      const value = textOf(node);
      if (node !== undefined && value !== undefined && !known.includes(value))
        yield atNode(manifest.file, node, `${quote(value)} is no ${key}: use one of ${known.join(', ')}.`);
    }
  },
};
