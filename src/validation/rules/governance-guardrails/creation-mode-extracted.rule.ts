import { entryOf, textOf } from '../../content/source-node';
import { atNode } from '../finding';
import { isDocumentTypeManifest } from '../reference-resolution/manifest-keys';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'creation-mode-extracted',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'ERROR',
  description: 'A package says creation_mode extracted, which is not released.',
  *run({ manifest, manifestLayout }) {
    if (manifest === null || manifestLayout === null || !isDocumentTypeManifest(manifestLayout)) return;
    const node = entryOf(manifest.root, 'creation_mode')?.value;
    if (node !== undefined && textOf(node) === 'extracted')
      yield atNode(
        manifest.file,
        node,
        'Documents that are extracted are not released: set `creation_mode` to llm_generated, constructed or manual.',
      );
  },
};
