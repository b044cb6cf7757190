import { draftBranch, type GitReading, MAIN_REF, type ObjectId } from '../git-repository';
import { type ListFirstParents } from '../transfer';
import { type OutgoingRefs } from './outgoing-refs';
import { type RemoteKnowledge } from './plan-push';
import { DRAFT_PREFIXES } from './read-outgoing-refs';

/** What a listing of the remote's refs means, seen from this repository. */
export interface Learnt extends RemoteKnowledge {
  /** Commits of `main` that the remote lacks, oldest first; null when its `main` has drifted. */
  readonly ahead: readonly ObjectId[] | null;
}

/** How many answers about histories are remembered. */
const REMEMBERED = 200;

/** Finds out what this repository knows of where a remote's refs stand. Answers about pairs of commits are kept: they never change. */
export function createRemoteKnowledge({
  repository: { objects },
  firstParents,
}: {
  readonly repository: GitReading;
  readonly firstParents: ListFirstParents;
}): (outgoing: OutgoingRefs, remote: ReadonlyMap<string, ObjectId>) => Promise<Learnt> {
  const remembered = new Map<string, readonly ObjectId[] | null>();

  const between = async (from: ObjectId | null, to: ObjectId): Promise<readonly ObjectId[] | null> => {
    const key = `${from ?? ''}..${to}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    // An object that is not here now may be fetched later.
    if (from !== null && !(await objects.has(from))) return null;
    const found = await firstParents({ from, to });
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, found);
    return found;
  };

  return async (outgoing, remote) => {
    const behind = new Set<string>();
    const wanted = [...outgoing.drafts].map(([id, { branch }]) => [draftBranch(id), branch] as const);
    for (const [ref, to] of wanted) {
      const from = remote.get(ref);
      if (to === null || from === undefined || from === to) continue;
      if ((await between(from, to)) !== null) behind.add(ref);
    }
    const { main } = outgoing;
    const ahead = main === null ? [] : await between(remote.get(MAIN_REF) ?? null, main);
    if (ahead !== null && ahead.length > 0) behind.add(MAIN_REF);

    const ours = new Set<ObjectId>();
    for (const [ref, oid] of remote) {
      const { branches, heads } = DRAFT_PREFIXES;
      if (ref.startsWith(heads) && (await objects.has(oid))) ours.add(oid);
      if (!ref.startsWith(branches) || outgoing.drafts.has(ref.slice(branches.length))) continue;
      // Being here says nothing of a branch: foreign commits are fetched.
      const isOurs = outgoing.kept.has(oid) || (main !== null && (await between(oid, main)) !== null);
      if (isOurs) ours.add(oid);
    }
    return { behind, ahead, isOurs: (oid) => ours.has(oid) };
  };
}
