import { type EntryMode, type GitObjects, type ObjectId } from '../git-repository';

/** A file or directory somewhere below a tree, its path relative to that tree. */
export interface ListedEntry {
  readonly path: string;
  readonly mode: EntryMode;
  readonly oid: ObjectId;
}

/**
 * Everything below a tree, directories included, depth first in Git's order.
 * @throws ObjectMissing, UnsupportedTreeEntry
 */
export async function listEntries(objects: GitObjects, tree: ObjectId): Promise<readonly ListedEntry[]> {
  const listed: ListedEntry[] = [];
  const walk = async (oid: ObjectId, prefix: string): Promise<void> => {
    for (const entry of await objects.readTree(oid)) {
      const path = prefix + entry.name;
      listed.push({ path, mode: entry.mode, oid: entry.oid });
      if (entry.mode === '040000') await walk(entry.oid, `${path}/`);
    }
  };
  await walk(tree, '');
  return listed;
}

/** The files below a tree. @throws ObjectMissing, UnsupportedTreeEntry */
export async function listFiles(objects: GitObjects, tree: ObjectId): Promise<readonly ListedEntry[]> {
  return (await listEntries(objects, tree)).filter((entry) => entry.mode !== '040000');
}
