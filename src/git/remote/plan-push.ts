import { draftBranch, draftRef, keepingRef, MAIN_REF, type ObjectId } from '../git-repository';
import { type RefUpdate } from '../transfer';
import { type OutgoingRefs } from './outgoing-refs';
import { DRAFT_PREFIXES } from './read-outgoing-refs';
import { type RemoteDrift } from './pusher';

/** What this repository knows of where the remote's refs stand. */
export interface RemoteKnowledge {
  /** Refs of which the remote holds an earlier commit of the same history. */
  readonly behind: ReadonlySet<string>;
  /** Whether `main` of the remote may be what this node is about to publish. */
  readonly mayBeAhead: boolean;
  /** Whether other nodes push the refs of their drafts to the same remote. */
  readonly isShared: boolean;
  /** Whether a commit that a ref of a draft names at the remote is this node's own work. */
  isOurs(commit: ObjectId): boolean;
  /** Whether it is the work in progress of a draft of this node's that names no node, from before nodes shared the log. */
  namesNobody(commit: ObjectId): boolean;
}

/** What has to be pushed, and what stands in the way. Empty when the remote holds what it must. */
export interface PushPlan {
  /** Refs to make or to move forward. */
  readonly updates: readonly RefUpdate[];
  /** Refs of drafts to take away, before anything is made under their names. */
  readonly deletions: readonly RefUpdate[];
  /** Refs of the remote that somebody else moved; they are left alone. */
  readonly drift: readonly RemoteDrift[];
}

/**
 * Decides what to push from where the refs should stand and where they do. Moves no ref but forward; takes away or replaces only
 * refs of drafts that this repository knows, by compare-and-set.
 */
export function planPush(
  outgoing: OutgoingRefs,
  remote: ReadonlyMap<string, ObjectId>,
  known: RemoteKnowledge,
): PushPlan {
  const updates: RefUpdate[] = [];
  const deletions: RefUpdate[] = [];
  const drift: RemoteDrift[] = [];
  const forward = (ref: string, wanted: ObjectId): void => {
    const found = remote.get(ref);
    if (found === wanted) return;
    if (found === undefined || known.behind.has(ref)) updates.push({ ref, next: wanted });
    else drift.push({ ref, expected: wanted, found });
  };

  for (const commit of outgoing.kept) forward(keepingRef(commit), commit);
  if (outgoing.main !== null && !known.mayBeAhead) forward(MAIN_REF, outgoing.main);
  for (const [ref, tag] of outgoing.tags) forward(ref, tag);
  for (const [id, { branch, head }] of outgoing.drafts) {
    if (branch !== null) forward(draftBranch(id), branch);
    const found = remote.get(draftRef(id));
    if (head === null || found === head) continue;
    // Where nodes share a log, the ref holds the name of the draft from its start to its end: taken away, another could take it.
    // One that names nobody comes to name this node: only then the others can tell whose it is, and no pusher forgets it.
    if (known.isShared && found !== undefined) {
      if (known.namesNobody(found)) updates.push({ ref: draftRef(id), next: head, expected: found });
      continue;
    }
    // Each save replaces the work in progress, so that the old one has to go before the new one can come.
    if (found !== undefined && known.isOurs(found)) deletions.push({ ref: draftRef(id), next: null, expected: found });
    else forward(draftRef(id), head);
  }
  for (const [ref, found] of remote) {
    const ended = endedDraft(ref, outgoing);
    if (ended !== null && mayDelete(ref, ended, found)) deletions.push({ ref, next: null, expected: found });
  }
  return { updates, deletions, drift };

  /**
   * The work in progress shows that a draft was this node's, so that it goes last. A branch that somebody else moved stays.
   */
  function mayDelete(ref: string, id: string, found: ObjectId): boolean {
    const branch = remote.get(draftBranch(id));
    const head = remote.get(draftRef(id));
    if (ref === draftRef(id)) return known.isOurs(found) && (branch === undefined || !known.isOurs(branch));
    const wasOurs = (outgoing.kept.has(found) && !known.isShared) || (head !== undefined && known.isOurs(head));
    return known.isOurs(found) && wasOurs;
  }
}

/** The draft whose ref this is, where this node has no such draft any more, and starts none. */
function endedDraft(ref: string, { drafts, starting }: OutgoingRefs): string | null {
  for (const prefix of Object.values(DRAFT_PREFIXES)) {
    if (!ref.startsWith(prefix)) continue;
    const id = ref.slice(prefix.length);
    return drafts.has(id) || starting.has(id) ? null : id;
  }
  return null;
}
