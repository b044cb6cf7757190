import { entryOf, textOf } from '../../content/source-node';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'manifest-id-mismatch',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'The manifest names another package than its directory.',
  *run({ manifest, manifestLayout, name }) {
    if (manifest === null || manifestLayout === null || manifestLayout.id === null) return;
    const node = entryOf(manifest.root, manifestLayout.id)?.value;
    const id = textOf(node);
    if (node !== undefined && id !== undefined && id !== name)
      yield atNode(
        manifest.file,
        node,
        `Set \`${manifestLayout.id}\` to \`${name}\`, the name of the directory: it is ${quote(id)}.`,
      );
  },
};
