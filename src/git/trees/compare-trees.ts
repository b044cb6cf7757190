import { type GitObjects, type ObjectId } from '../git-repository';
import { type ListedEntry, listFiles } from './list-entries';

/** One file that differs between two trees: its blob before and after, null where it is not there. */
export interface TreeChange {
  readonly path: string;
  readonly before: ObjectId | null;
  readonly after: ObjectId | null;
}

/**
 * Files that differ in content or mode, sorted by path (UTF-16 code units).
 * @throws ObjectMissing; UnsupportedTreeEntry, UnsafeTreeEntry as {@link listFiles}
 */
export async function compareTrees(
  objects: GitObjects,
  before: ObjectId,
  after: ObjectId,
): Promise<readonly TreeChange[]> {
  if (before === after) return [];
  const old = byPath(await listFiles(objects, before));
  const now = byPath(await listFiles(objects, after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path)?.oid !== now.get(path)?.oid || old.get(path)?.mode !== now.get(path)?.mode)
    .sort()
    .map((path) => ({ path, before: old.get(path)?.oid ?? null, after: now.get(path)?.oid ?? null }));
}

function byPath(files: readonly ListedEntry[]): ReadonlyMap<string, ListedEntry> {
  return new Map(files.map((file) => [file.path, file]));
}
