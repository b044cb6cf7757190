import { atNode, quote } from '../finding';
import { type Rule } from '../rule';
import { namedArtifacts } from './named-artifacts';

export const rule: Rule = {
  id: 'artifact-outside-release',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'The manifest names an artifact by a path that is absolute or leaves the release.',
  *run({ manifest }) {
    if (manifest === null) return;
    for (const { node, path } of namedArtifacts(manifest.root))
      if (path === null)
        yield atNode(
          manifest.file,
          node,
          `Name a file inside this release, with forward slashes: ${quote(node.value)} is none.`,
        );
  },
};
