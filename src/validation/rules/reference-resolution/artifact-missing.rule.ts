import { atNode, quote } from '../finding';
import { type Rule } from '../rule';
import { namedArtifacts } from './named-artifacts';

export const rule: Rule = {
  id: 'artifact-missing',
  version: 1,
  check: 'REFERENCE_RESOLUTION',
  severity: 'ERROR',
  description: 'The manifest names an artifact that is not in the release.',
  *run({ manifest, files }) {
    if (manifest === null) return;
    const paths = new Set(files.map(({ path }) => path));
    for (const { node, path, mayBeDirectory } of namedArtifacts(manifest.root)) {
      if (path === null || paths.has(path)) continue;
      if (mayBeDirectory && files.some((file) => file.path.startsWith(`${path}/`))) continue;
      yield atNode(manifest.file, node, `Add the file ${quote(path)}, or take it out of the manifest.`);
    }
  },
};
