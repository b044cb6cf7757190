import { type GitObjects, type ObjectId, type TreeEntry } from '../git-repository';

/**
 * A tree that differs in exactly one path: set to an entry, or without it. Directories on the way are created, and left
 * out when nothing is left in them. A file that stands where a directory is needed gives way.
 *
 * @returns the id of the new root tree.
 * @throws ObjectMissing, UnsupportedTreeEntry, UnsafeTreeEntry
 */
export async function withEntry(
  objects: GitObjects,
  root: ObjectId,
  path: string,
  entry: Pick<TreeEntry, 'mode' | 'oid'> | null,
): Promise<ObjectId> {
  const changed = await withinDirectory(objects, root, path.split('/'), entry);
  return changed ?? (await objects.writeTree([]));
}

/** Null: nothing is left in the directory. */
async function withinDirectory(
  objects: GitObjects,
  directory: ObjectId | null,
  [name = '', ...rest]: readonly string[],
  entry: Pick<TreeEntry, 'mode' | 'oid'> | null,
): Promise<ObjectId | null> {
  const entries = directory === null ? [] : await objects.readTree(directory);
  const current = entries.find((sibling) => sibling.name === name);
  let next = entry;
  if (rest.length > 0) {
    // Taking away what is not there changes nothing, not even a file that stands in the way.
    if (entry === null && current?.mode !== '040000') return directory;
    const below = await withinDirectory(objects, current?.mode === '040000' ? current.oid : null, rest, entry);
    next = below === null ? null : { mode: '040000', oid: below };
  }
  const siblings = entries.filter((sibling) => sibling.name !== name);
  if (next === null && siblings.length === 0) return null;
  return objects.writeTree(next === null ? siblings : [...siblings, { name, mode: next.mode, oid: next.oid }]);
}
