import { type ContentMode, type GitObjects, type ObjectId, type TreeEntry } from '../git-repository';
import { type ListedEntry } from './list-entries';

/**
 * Writes the tree that holds exactly these files (blobs that are already written).
 * @returns the id of the tree; of the empty tree for no files.
 * @throws UnsafeTreeEntry
 */
export async function treeFromFiles(
  objects: GitObjects,
  files: readonly ListedEntry<ContentMode>[],
): Promise<ObjectId> {
  const entries: TreeEntry<ContentMode>[] = [];
  const below = new Map<string, ListedEntry<ContentMode>[]>();
  for (const file of files) {
    const slash = file.path.indexOf('/');
    if (slash < 0) {
      entries.push({ name: file.path, mode: file.mode, oid: file.oid });
    } else {
      const directory = file.path.slice(0, slash);
      const inside = below.get(directory) ?? [];
      inside.push({ ...file, path: file.path.slice(slash + 1) });
      below.set(directory, inside);
    }
  }
  for (const [name, inside] of below) {
    entries.push({ name, mode: '040000', oid: await treeFromFiles(objects, inside) });
  }
  return objects.writeTree(entries);
}
