import { rememberBaseCommits } from '../drafts/base-commits';
import { draftBranch, draftRef, type GitReading, keepingRef, type ObjectId } from '../git-repository';
import { type ExpectedRefs } from '../publisher/expected-refs';
import { type OutgoingDraft, type OutgoingRefs } from './outgoing-refs';
import { type SharedLog } from './shared-log';

/** Where the refs of drafts begin. */
export const DRAFT_PREFIXES = { branches: draftBranch(''), heads: draftRef('') } as const;

/**
 * Reads what the remote must hold: never more than the log predicts. A tag, or a branch of a draft, that somebody else moved in
 * this repository is not pushed.
 *
 * @param publishedTip how far `main` is published; null while nothing is.
 */
export function createOutgoingRefs({
  repository: { objects, refs },
  log,
  publishedTip,
  shared = null,
}: {
  readonly repository: GitReading;
  readonly log: ExpectedRefs;
  readonly publishedTip: () => ObjectId | null;
  /** Where other nodes publish the same log: their commits may not be here yet, and they need the adopted ones. */
  readonly shared?: Pick<SharedLog, 'starting'> | null;
}): () => Promise<OutgoingRefs> {
  const baseCommitOf = rememberBaseCommits(objects);

  const readDrafts = async (): Promise<ReadonlyMap<string, OutgoingDraft>> => {
    const named = async (prefix: string): Promise<ReadonlyMap<string, ObjectId>> =>
      new Map((await refs.list(prefix)).map(({ ref, oid }) => [ref.slice(prefix.length), oid]));
    const branches = await named(DRAFT_PREFIXES.branches);
    const heads = await named(DRAFT_PREFIXES.heads);
    const drafts = new Map<string, OutgoingDraft>();
    for (const id of new Set([...branches.keys(), ...heads.keys()])) {
      const [tip, head] = [branches.get(id) ?? null, heads.get(id) ?? null];
      const predicted =
        tip !== null && (log.kept.has(tip) || (head !== null && (await baseCommitOf(id, head)) === tip));
      drafts.set(id, { branch: predicted ? tip : null, head });
    }
    return drafts;
  };

  const present = new Set<ObjectId>();
  /** Kept commits that are here: the others are given by the nodes that have them. */
  const presentOf = async (): Promise<ReadonlySet<ObjectId>> => {
    for (const commit of log.kept) {
      if (!present.has(commit) && (await refs.read(keepingRef(commit))) === commit) present.add(commit);
    }
    for (const commit of log.adopted) if (!present.has(commit) && (await objects.has(commit))) present.add(commit);
    return present;
  };

  return async () => {
    await log.catchUp();
    const tags = new Map<string, ObjectId>();
    for (const [ref, { oid }] of log.tags) if ((await refs.read(ref)) === oid) tags.set(ref, oid);
    // Before the drafts: one that has started meanwhile is among those.
    const starting = new Set(shared?.starting);
    // The drafts before the tip: a branch never needs more of main than is pushed with it.
    const drafts = await readDrafts();
    return { main: publishedTip(), tags, drafts, starting, kept: shared === null ? log.kept : await presentOf() };
  };
}
