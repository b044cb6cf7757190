import { entryOf, textOf } from '../../content/source-node';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'manifest-version-mismatch',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'The manifest names another version than its directory. Silent for drafts, which have none yet.',
  *run({ manifest, manifestLayout, version }) {
    if (manifest === null || manifestLayout === null || manifestLayout.version === null || version === null) return;
    const node = entryOf(manifest.root, manifestLayout.version)?.value;
    const written = textOf(node);
    if (node !== undefined && written !== undefined && written !== version)
      yield atNode(
        manifest.file,
        node,
        `Set \`${manifestLayout.version}\` to \`${version}\`, the version of the directory: it is ${quote(written)}.`,
      );
  },
};
