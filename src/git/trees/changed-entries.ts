import { type GitObjects, type ObjectId, type TreeEntry, type TreeItem } from '../git-repository';

/** One file, link or submodule that differs between two trees; null where it is not there. */
export interface ChangedEntry {
  readonly path: string;
  readonly before: TreeItem | null;
  readonly after: TreeItem | null;
}

/**
 * What differs between two trees (null: nothing is there yet), whatever stands in them, in Git's order. Only what differs is
 * read, so that the size of the repository does not matter.
 * @throws ObjectMissing
 */
export async function* changedEntries(
  objects: Pick<GitObjects, 'readTree'>,
  before: ObjectId | null,
  after: ObjectId | null,
  prefix = '',
): AsyncGenerator<ChangedEntry> {
  if (before === after) return;
  const old = await byName(objects, before);
  const now = await byName(objects, after);
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(name) ?? null, now.get(name) ?? null];
    if (was?.oid === is?.oid && was?.mode === is?.mode) continue;
    const path = prefix + name;
    const [wasDirectory, isDirectory] = [directoryOf(was), directoryOf(is)];
    if (wasDirectory !== null || isDirectory !== null) {
      yield* changedEntries(objects, wasDirectory, isDirectory, `${path}/`);
    }
    const [wasFile, isFile] = [wasDirectory === null ? was : null, isDirectory === null ? is : null];
    if (wasFile !== null || isFile !== null) yield { path, before: itemOf(wasFile), after: itemOf(isFile) };
  }
}

async function byName(
  objects: Pick<GitObjects, 'readTree'>,
  tree: ObjectId | null,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const entries = tree === null ? [] : await objects.readTree(tree);
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function directoryOf(entry: TreeEntry | null): ObjectId | null {
  return entry?.mode === '040000' ? entry.oid : null;
}

function itemOf(entry: TreeEntry | null): TreeItem | null {
  return entry === null ? null : { mode: entry.mode, oid: entry.oid };
}
