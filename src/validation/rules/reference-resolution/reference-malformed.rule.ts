import { atNode, quote } from '../finding';
import { type Rule } from '../rule';
import { manifestReferences } from './manifest-references';

export const rule: Rule = {
  id: 'reference-malformed',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'A reference of the manifest is not a URN of the form its key asks for.',
  *run({ manifest }) {
    if (manifest === null) return;
    for (const { node, form, urn } of manifestReferences(manifest.root))
      if (urn === null)
        yield atNode(manifest.file, node, `Write \`${form}\`, or null: ${quote(node.value)} is neither.`);
  },
};
