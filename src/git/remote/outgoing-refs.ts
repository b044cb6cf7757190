import { type ObjectId } from '../git-repository';

/** The refs of a draft that the remote is to have; null for one that is not to be pushed as it stands. */
export interface OutgoingDraft {
  /** Tip of `refs/heads/draft/<id>`. */
  readonly branch: ObjectId | null;
  /** The work-in-progress commit, `refs/slipway/drafts/<id>`. */
  readonly head: ObjectId | null;
}

/** What the log and the drafts say that the remote must hold. */
export interface OutgoingRefs {
  /** As far as `main` is published; null while nothing is. */
  readonly main: ObjectId | null;
  /** Tags of releases by ref. */
  readonly tags: ReadonlyMap<string, ObjectId>;
  /** All drafts of this node, by id. */
  readonly drafts: ReadonlyMap<string, OutgoingDraft>;
  /** Ids that have a ref on the remote, or are about to, for a draft of this node that is not among those yet. */
  readonly starting: ReadonlySet<string>;
  /** Draft commits that the log names, which keeping refs keep. */
  readonly kept: ReadonlySet<ObjectId>;
}
