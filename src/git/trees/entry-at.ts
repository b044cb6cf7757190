import { UnsupportedTreeEntry } from '../errors';
import { type GitObjects, type ObjectId, type TreeItem } from '../git-repository';

/**
 * What stands at a path below a tree; null when nothing does, links are not followed.
 * @throws ObjectMissing
 */
export async function entryAt(
  objects: Pick<GitObjects, 'readTree'>,
  root: ObjectId,
  path: string,
): Promise<TreeItem | null> {
  let found: TreeItem = { mode: '040000', oid: root };
  for (const name of path.split('/')) {
    if (found.mode !== '040000') return null;
    const next = (await objects.readTree(found.oid)).find((entry) => entry.name === name);
    if (next === undefined) return null;
    found = next;
  }
  return { mode: found.mode, oid: found.oid };
}

/** The tree id of a directory at a path; null when there is none or it is something else. @throws ObjectMissing */
export async function directoryAt(
  objects: Pick<GitObjects, 'readTree'>,
  root: ObjectId,
  path: string,
): Promise<ObjectId | null> {
  const entry = await entryAt(objects, root, path);
  return entry?.mode === '040000' ? entry.oid : null;
}

/**
 * The bytes of the file at a path; null when nothing stands there.
 * @throws ObjectMissing; UnsupportedTreeEntry when something else stands there, or anything but a directory on the way.
 */
export async function readFileAt(
  objects: Pick<GitObjects, 'readTree' | 'readBlob'>,
  root: ObjectId,
  path: string,
): Promise<Uint8Array | null> {
  const names = path.split('/');
  for (let depth = 1; depth <= names.length; depth += 1) {
    const at = names.slice(0, depth).join('/');
    const entry = await entryAt(objects, root, at);
    if (entry === null) return null;
    if (depth < names.length) {
      if (entry.mode !== '040000') throw new UnsupportedTreeEntry(at, entry.mode, 'a directory is needed there.');
    } else if (entry.mode === '100644' || entry.mode === '100755') {
      return objects.readBlob(entry.oid);
    } else {
      throw new UnsupportedTreeEntry(at, entry.mode, 'a file is needed there.');
    }
  }
  return null;
}
