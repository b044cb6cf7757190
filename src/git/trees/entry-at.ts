import { type GitObjects, type ObjectId, type TreeEntry } from '../git-repository';

/**
 * The file or directory at a path below a tree; null when there is none.
 * @throws ObjectMissing, UnsupportedTreeEntry
 */
export async function entryAt(
  objects: GitObjects,
  root: ObjectId,
  path: string,
): Promise<Pick<TreeEntry, 'mode' | 'oid'> | null> {
  let found: Pick<TreeEntry, 'mode' | 'oid'> = { mode: '040000', oid: root };
  for (const name of path.split('/')) {
    if (found.mode !== '040000') return null;
    const next = (await objects.readTree(found.oid)).find((entry) => entry.name === name);
    if (next === undefined) return null;
    found = next;
  }
  return { mode: found.mode, oid: found.oid };
}

/** The tree id of a directory at a path; null when there is none or it is a file. @throws ObjectMissing, UnsupportedTreeEntry */
export async function directoryAt(objects: GitObjects, root: ObjectId, path: string): Promise<ObjectId | null> {
  const entry = await entryAt(objects, root, path);
  return entry?.mode === '040000' ? entry.oid : null;
}
