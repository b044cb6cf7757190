import { unlessMissing } from '../errors';
import { type CommitObject, type GitReading, type ObjectId } from '../git-repository';

/** Commits that are looked at to find out how two tips are related. */
const MAX_WALK = 2_000;

type Objects = Pick<GitReading['objects'], 'readCommit' | 'readTag'>;

/** How what was found stands to what was expected: on top of it, below it, or neither as far as can be seen. */
export type Relation = 'ahead' | 'behind' | 'apart';

/** How `found` stands to `expected`, as far as {@link MAX_WALK} commits tell; `apart` when they do not. */
export async function relationOf(objects: Objects, expected: ObjectId, found: ObjectId): Promise<Relation> {
  if (await isAncestor(objects, expected, found)) return 'ahead';
  return (await isAncestor(objects, found, expected)) ? 'behind' : 'apart';
}

/** Whether a commit is reachable from another one within {@link MAX_WALK} commits, newest first. What cannot be read leads nowhere. */
export async function isAncestor(objects: Objects, ancestor: ObjectId, of: ObjectId): Promise<boolean> {
  for await (const { id } of reachable(objects, of, () => false)) if (id === ancestor) return true;
  return false;
}

/** A commit with its id. */
export interface NamedCommit {
  readonly id: ObjectId;
  readonly commit: CommitObject;
}

/**
 * Commits that are reachable from `found` and not from `expected`, newest first, as far as {@link MAX_WALK} goes.
 * Where `found` stands below `expected` there are none.
 */
export async function foreignCommits(
  objects: Objects,
  { expected, found }: { readonly expected: ObjectId; readonly found: ObjectId },
  limit: number,
): Promise<{ readonly commits: readonly NamedCommit[]; readonly more: boolean }> {
  const ours = new Set<ObjectId>();
  for await (const { id } of reachable(objects, expected, () => false)) ours.add(id);
  const commits: NamedCommit[] = [];
  for await (const named of reachable(objects, found, (id) => ours.has(id))) {
    if (commits.length === limit) return { commits, more: true };
    commits.push(named);
  }
  return { commits, more: false };
}

/** The commit that an object id stands for: itself, or what an annotated tag names; null when neither can be read. */
export async function peeled(objects: Objects, oid: ObjectId): Promise<NamedCommit | null> {
  const commit = await unlessMissing(objects.readCommit(oid));
  if (commit !== null) return { id: oid, commit };
  const tag = await unlessMissing(objects.readTag(oid));
  if (tag === null) return null;
  const target = await unlessMissing(objects.readCommit(tag.object));
  return target === null ? null : { id: tag.object, commit: target };
}

async function* reachable(
  objects: Objects,
  from: ObjectId,
  isKnown: (id: ObjectId) => boolean,
): AsyncGenerator<NamedCommit> {
  const seen = new Set<ObjectId>([from]);
  const queue = [from];
  for (let walked = 0; walked < MAX_WALK; walked++) {
    const id = queue.shift();
    if (id === undefined) return;
    if (isKnown(id)) continue;
    const commit = await unlessMissing(objects.readCommit(id));
    if (commit === null) continue;
    yield { id, commit };
    for (const parent of commit.parents) {
      if (!seen.has(parent)) queue.push(parent);
      seen.add(parent);
    }
  }
}
