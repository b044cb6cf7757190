import { UnsafeTreeEntry, UnsupportedTreeEntry } from '../errors';
import { type EntryMode, type GitObjects, type ObjectId } from '../git-repository';

/** Something somewhere below a tree, its path relative to that tree. */
export interface ListedEntry<Mode extends EntryMode = EntryMode> {
  readonly path: string;
  readonly mode: Mode;
  readonly oid: ObjectId;
}

/** A file that can be part of a release. */
export type ListedFile = ListedEntry<'100644' | '100755'>;

/**
 * Everything below a tree, directories included, depth first in Git's order. Links and submodules are named, never entered.
 * @throws ObjectMissing
 */
export async function listEntries(
  objects: Pick<GitObjects, 'readTree'>,
  tree: ObjectId,
): Promise<readonly ListedEntry[]> {
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

/**
 * The files below the tree of a release.
 * @throws ObjectMissing; UnsupportedTreeEntry for a link or submodule; UnsafeTreeEntry for a name that is not UTF-8
 */
export async function listFiles(objects: Pick<GitObjects, 'readTree'>, tree: ObjectId): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  for (const entry of await listEntries(objects, tree)) {
    requireContent(entry);
    if (isFile(entry)) files.push(entry);
  }
  return files;
}

/** What keeps an entry out of every release; null for a file or directory that can be part of one. */
export type ContentFlaw = 'symbolic link' | 'submodule' | 'name that is not UTF-8';

/** {@link ContentFlaw} of an entry. */
export function contentFlaw({ mode, path }: Pick<ListedEntry, 'mode' | 'path'>): ContentFlaw | null {
  if (mode === '120000') return 'symbolic link';
  if (mode === '160000') return 'submodule';
  return /\p{Surrogate}/u.test(path) ? 'name that is not UTF-8' : null;
}

/** Refuses what cannot be part of a release. @throws UnsupportedTreeEntry, UnsafeTreeEntry */
export function requireContent(entry: ListedEntry): void {
  const flaw = contentFlaw(entry);
  if (flaw === 'name that is not UTF-8') throw new UnsafeTreeEntry(entry.path);
  if (flaw !== null) throw new UnsupportedTreeEntry(entry.path, entry.mode);
}

function isFile(entry: ListedEntry): entry is ListedFile {
  return entry.mode === '100644' || entry.mode === '100755';
}
