import { UnsupportedTreeEntry } from '../errors';
import { type ContentMode, type GitObjects, type ObjectId, type TreeItem } from '../git-repository';

/** Path -> what shall stand there, or null for nothing. */
export type PathChanges = ReadonlyMap<string, TreeItem<ContentMode> | null>;

/** A tree that differs in exactly one path: {@link withEntries} of one change. */
export function withEntry(
  objects: GitObjects,
  root: ObjectId,
  path: string,
  entry: TreeItem<ContentMode> | null,
): Promise<ObjectId> {
  return withEntries(objects, root, new Map([[path, entry]]));
}

/**
 * A tree that differs in exactly these paths: set to an entry, or without it. Directories on the way are created, and
 * left out when nothing is left in them. A file that stands where a directory is needed gives way; a link or a submodule
 * does not. Everything else stays byte for byte, whoever wrote it.
 *
 * @returns the id of the new root tree.
 * @throws ObjectMissing; UnsupportedTreeEntry for a link or submodule at a path or on its way; UnsafeTreeEntry for names
 *   that are added and must not be.
 */
export async function withEntries(objects: GitObjects, root: ObjectId, changes: PathChanges): Promise<ObjectId> {
  return (await changedDirectory(objects, root, changes, '')) ?? (await objects.writeTree([]));
}

/** Null: nothing is left in the directory. */
async function changedDirectory(
  objects: GitObjects,
  directory: ObjectId | null,
  changes: PathChanges,
  prefix: string,
): Promise<ObjectId | null> {
  const entries = directory === null ? [] : await objects.readTree(directory);
  const { here, below } = byName(changes);
  const present = new Map(
    entries.filter(({ name }) => here.has(name) || below.has(name)).map((entry) => [entry.name, entry]),
  );
  for (const [name, inside] of below) {
    const direct = here.get(name);
    const current = direct === undefined ? present.get(name) : undefined;
    const child = current?.mode === '040000' ? current.oid : null;
    const sets = [...inside.values()].some((item) => item !== null);
    // Taking away what is not there changes nothing, not even a file that stands in the way.
    if (!sets && child === null) continue;
    if (sets) refuseForeign(current, prefix + name);
    const oid = await changedDirectory(objects, child, inside, `${prefix}${name}/`);
    here.set(name, oid === null ? null : { mode: '040000', oid });
  }
  for (const [name, item] of here) {
    const current = present.get(name);
    if (item !== null) refuseForeign(current, prefix + name);
    if (item?.oid === current?.oid && item?.mode === current?.mode) here.delete(name);
  }
  if (here.size === 0) return directory;
  const left = entries.some(({ name }) => !here.has(name)) || [...here.values()].some((item) => item !== null);
  if (!left) return null;
  if (directory !== null) return objects.changeTree(directory, here);
  return objects.writeTree([...here].flatMap(([name, item]) => (item === null ? [] : [{ name, ...item }])));
}

/** A directory's own changes, and those that lie deeper by the first name of their way. */
function byName(changes: PathChanges) {
  const here = new Map<string, TreeItem<ContentMode> | null>();
  const below = new Map<string, Map<string, TreeItem<ContentMode> | null>>();
  for (const [path, item] of changes) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      here.set(path, item);
    } else {
      const name = path.slice(0, slash);
      below.set(
        name,
        (below.get(name) ?? new Map<string, TreeItem<ContentMode> | null>()).set(path.slice(slash + 1), item),
      );
    }
  }
  return { here, below };
}

/** What a link or submodule leads to is not ours to replace. */
function refuseForeign(current: TreeItem | undefined, path: string): void {
  if (current?.mode !== '120000' && current?.mode !== '160000') return;
  throw new UnsupportedTreeEntry(path, current.mode, 'what it stands for cannot be replaced.');
}
