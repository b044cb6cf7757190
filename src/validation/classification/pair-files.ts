import { type ReleaseContent } from '../child/open-content';
import { type ReleaseFile } from '../content/release-file';
import { nodeAt, textOf } from '../content/source-node';
import { releasePath } from '../rules/reference-resolution/named-artifacts';

export interface FilePair {
  readonly before: ReleaseFile;
  readonly after: ReleaseFile;
}

/** Files of two releases put together by path, or by the artifact that the manifest calls them. */
export function pairFiles(
  before: ReleaseContent,
  after: ReleaseContent,
): {
  readonly pairs: readonly FilePair[];
  readonly removed: readonly ReleaseFile[];
  readonly added: readonly ReleaseFile[];
} {
  const removed = new Map(before.files.map((file) => [file.path, file]));
  const added = new Map(after.files.map((file) => [file.path, file]));
  const pairs: FilePair[] = [];
  const take = (from: string, to: string): void => {
    const [was, is] = [removed.get(from), added.get(to)];
    if (was === undefined || is === undefined) return;
    removed.delete(from);
    added.delete(to);
    pairs.push({ before: was, after: is });
  };
  for (const path of [...removed.keys()]) take(path, path);
  const artifacts = artifactPaths(after);
  for (const [name, path] of artifactPaths(before)) take(path, artifacts.get(name) ?? path);
  return { pairs, removed: [...removed.values()], added: [...added.values()] };
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
