import { unlessMissing } from '../errors';
import { type GitReading, type ObjectId } from '../git-repository';
import { entryAt } from '../trees/entry-at';
import { type DriftKind } from './drift';
import { foreignCommits, peeled, relationOf } from './foreign-commits';

const MAX_COMMITS = 200;

type Objects = Pick<GitReading['objects'], 'readCommit' | 'readTag' | 'readTree'>;

/** What happened to a branch or tag, from its commits as far as they can be read. */
export async function classify(
  objects: Objects,
  seen: { readonly ref: string; readonly expected: ObjectId; readonly found: ObjectId | null },
  pointerPath: string | null,
): Promise<DriftKind> {
  const { ref, expected, found } = seen;
  if (found === null) return 'DELETED';
  if (ref.startsWith('refs/tags/')) return 'TAG_MOVED';
  if ((await peeled(objects, found)) === null) return 'FOREIGN_COMMITS'; // not here, so not ours: nothing more can be said
  switch (await relationOf(objects, expected, found)) {
    case 'behind':
      return 'REWOUND';
    case 'apart':
      return 'REWRITTEN';
    case 'ahead':
      return (await touches(objects, { expected, found }, pointerPath)) ? 'POINTER_EDITED' : 'FOREIGN_COMMITS';
  }
}

async function touches(
  objects: Objects,
  range: { readonly expected: ObjectId; readonly found: ObjectId },
  path: string | null,
): Promise<boolean> {
  if (path === null) return false;
  const entryIn = async (commit: ObjectId) => entryAt(objects, (await objects.readCommit(commit)).tree, path);
  const fileIn = async (commit: ObjectId): Promise<string | null> =>
    (await unlessMissing(entryIn(commit)))?.oid ?? null;
  const { commits } = await foreignCommits(objects, range, MAX_COMMITS);
  for (const { id, commit } of commits) {
    const [parent] = commit.parents;
    const before = parent === undefined ? null : await fileIn(parent);
    if ((await fileIn(id)) !== before) return true;
  }
  return (await fileIn(range.found)) !== (await fileIn(range.expected));
}
