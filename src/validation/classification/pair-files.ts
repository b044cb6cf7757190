import { type ReleaseContent } from '../child/open-content';
import { type ReleaseFile } from '../content/release-file';
import { nodeAt, textOf } from '../content/source-node';
import { releasePath } from '../rules/reference-resolution/named-artifacts';

export interface FilePair {
  readonly before: ReleaseFile;
  readonly after: ReleaseFile;
}

/**
 * Files of two releases put together by path, and by the artifact that the manifest calls them: where an artifact is
 * another file now, whoever relied on the one gets the other, even where both are in both releases.
 */
export function pairFiles(
  before: ReleaseContent,
  after: ReleaseContent,
): {
  readonly pairs: readonly FilePair[];
  readonly removed: readonly ReleaseFile[];
  readonly added: readonly ReleaseFile[];
} {
  const [former, now] = [byPath(before), byPath(after)];
  const pairs = new Map<string, FilePair>();
  const pair = (from: string, to: string): void => {
    const [was, is] = [former.get(from), now.get(to)];
    if (was !== undefined && is !== undefined) pairs.set(`${from}\0${to}`, { before: was, after: is });
  };
  for (const path of former.keys()) pair(path, path);
  const artifacts = artifactPaths(after);
  for (const [name, path] of artifactPaths(before)) pair(path, artifacts.get(name) ?? path);
  const paired = new Set([...pairs.values()].flatMap(({ before: was, after: is }) => [was, is]));
  const isAlone = (file: ReleaseFile): boolean => !paired.has(file);
  return { pairs: [...pairs.values()], removed: before.files.filter(isAlone), added: after.files.filter(isAlone) };
}

function byPath({ files }: ReleaseContent): ReadonlyMap<string, ReleaseFile> {
  return new Map(files.map((file) => [file.path, file]));
}

/** Paths by the names under `artifacts`. */
function artifactPaths({ manifest }: ReleaseContent): ReadonlyMap<string, string> {
  const artifacts = nodeAt(manifest?.root, 'artifacts');
  if (artifacts?.type !== 'map') return new Map();
  return new Map(
    artifacts.entries.flatMap(({ key, value }): [string, string][] => {
      const path = releasePath(textOf(value) ?? '');
      return path === null ? [] : [[key, path]];
    }),
  );
}
