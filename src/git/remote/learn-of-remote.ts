import { nodeOfDraft } from '../drafts/wip-commit';
import { unlessMissing } from '../errors';
import { draftBranch, type GitReading, MAIN_REF, type ObjectId } from '../git-repository';
import { type ListFirstParents } from '../transfer';
import { type OutgoingRefs } from './outgoing-refs';
import { type RemoteKnowledge } from './plan-push';
import { DRAFT_PREFIXES } from './read-outgoing-refs';
import { type SharedLog } from './shared-log';

/** What a listing of the remote's refs means, seen from this repository. */
export interface Learnt extends RemoteKnowledge {
  /** Commits of `main` that the remote lacks, oldest first; null when its `main` has drifted. None where that may be ahead of us. */
  readonly ahead: readonly ObjectId[] | null;
  /** Refs of the remote that have to be fetched before it can be said whose they are, and where they stand. */
  readonly unread: ReadonlyMap<string, ObjectId>;
}

/** @param lost what of the remote cannot be fetched now, so that it is judged without being read. */
export type LearnOfRemote = (
  outgoing: OutgoingRefs,
  remote: ReadonlyMap<string, ObjectId>,
  lost: ReadonlySet<ObjectId>,
) => Promise<Learnt>;

/** How many answers about histories are remembered. */
const REMEMBERED = 200;

/** Milliseconds for which a node that has published everything does not know a `main` until it is taken for somebody else's. */
const FOREIGN_AFTER_MS = 10_000;

/** Finds out what this repository knows of where a remote's refs stand. Answers about pairs of commits are kept: they never change. */
export function createRemoteKnowledge({
  repository: { objects },
  firstParents,
  shared = null,
}: {
  readonly repository: GitReading;
  readonly firstParents: ListFirstParents;
  /** Null for a log that this node alone publishes. */
  readonly shared?: SharedLog | null;
}): LearnOfRemote {
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

  const lived = new Set<string>();
  /** Heads that were fetched to be judged: being here says nothing of them. */
  const asked = new Set<ObjectId>();
  /** Whose the work in progress of a draft is. Being here says it where there is no other node. */
  const ownerOf = async (id: string, head: ObjectId): Promise<'this node' | 'nobody' | 'another node'> => {
    if (shared === null) return (await objects.has(head)) ? 'this node' : 'another node';
    const node = await unlessMissing(nodeOfDraft(objects, id, head));
    if (node !== null) return node.id === shared.node ? 'this node' : 'another node';
    // What began before the log was shared names no node.
    return lived.has(id) && !asked.has(head) && (await objects.has(head)) ? 'nobody' : 'another node';
  };

  let unknownMain: { readonly oid: ObjectId | null; readonly since: number } | null = null;
  /** A main that this node does not know: of another node, until this one has seen for a while all that there is to see. */
  const unknownLately = async (oid: ObjectId | null, log: SharedLog): Promise<boolean> => {
    const isSame = unknownMain?.oid === oid;
    if (!isSame || unknownMain === null || (await log.mayBeBehind())) unknownMain = { oid, since: performance.now() };
    return performance.now() - unknownMain.since < FOREIGN_AFTER_MS;
  };

  /** Whose a `main` is that is not below this node's: another node's as far as is known, somebody else's, or not to be said unread. */
  const judgeMain = async (
    oid: ObjectId | null,
    lost: ReadonlySet<ObjectId>,
  ): Promise<'other node' | 'foreign' | 'unread'> => {
    if (shared === null) return 'foreign';
    const isHere = oid !== null && (await objects.has(oid));
    if (isHere && (await shared.isAhead(oid))) {
      unknownMain = null;
      return 'other node';
    }
    if (await unknownLately(oid, shared)) return 'other node';
    return isHere || oid === null || lost.has(oid) ? 'foreign' : 'unread';
  };

  return async (outgoing, remote, lost) => {
    const behind = new Set<string>();
    for (const id of outgoing.drafts.keys()) lived.add(id);
    const wanted = [...outgoing.drafts].map(([id, { branch }]) => [draftBranch(id), branch] as const);
    for (const [ref, to] of wanted) {
      const from = remote.get(ref);
      if (to === null || from === undefined || from === to) continue;
      if ((await between(from, to)) !== null) behind.add(ref);
    }
    const { main } = outgoing;
    const mainThere = remote.get(MAIN_REF) ?? null;
    const known = main === null ? [] : await between(mainThere, main);
    const whose = known === null ? await judgeMain(mainThere, lost) : null;
    const mayBeAhead = whose === 'other node' || whose === 'unread';
    const ahead = mayBeAhead ? [] : known;
    if (ahead !== null && ahead.length > 0) behind.add(MAIN_REF);

    const ours = new Set<ObjectId>();
    const nobodys = new Set<ObjectId>();
    const unread = new Map<string, ObjectId>(whose === 'unread' && mainThere !== null ? [[MAIN_REF, mainThere]] : []);
    for (const [ref, oid] of remote) {
      const { branches, heads } = DRAFT_PREFIXES;
      if (ref.startsWith(heads)) {
        const id = ref.slice(heads.length);
        const owner = await ownerOf(id, oid);
        // Nothing here refers to the work that a draft began with once it was saved again, so that Git may have collected it.
        const hasEnded = shared !== null && lived.has(id) && !outgoing.drafts.has(id);
        if (hasEnded && !lost.has(oid) && !(await objects.has(oid))) {
          unread.set(ref, oid);
          asked.add(oid);
        }
        if (owner !== 'another node') ours.add(oid);
        if (owner === 'nobody') nobodys.add(oid);
      }
      if (!ref.startsWith(branches) || outgoing.drafts.has(ref.slice(branches.length))) continue;
      // Being here says nothing of a branch: foreign commits are fetched.
      const isOurs = outgoing.kept.has(oid) || (main !== null && (await between(oid, main)) !== null);
      if (isOurs) ours.add(oid);
    }
    const judged = { isOurs: (oid: ObjectId) => ours.has(oid), namesNobody: (oid: ObjectId) => nobodys.has(oid) };
    return { behind, ahead, mayBeAhead, unread, isShared: shared !== null, ...judged };
  };
}
