import { type Actor, type PackageId, type Version } from '../../domain';
import { type ObjectId } from '../git-repository';
import { type DraftNode } from './draft-node';

/** A draft as its work-in-progress commit tells it. */
export interface Draft {
  readonly id: string;
  readonly package: PackageId;
  /** Null for a package that does not exist yet. */
  readonly baseVersion: Version | null;
  /** Tip of `main` when the draft was started; its branch begins there. */
  readonly baseCommit: ObjectId;
  /** Tree id of the base release; the empty tree where there is none. */
  readonly baseTree: ObjectId;
  readonly createdBy: Actor;
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The node that the draft lives on; null where its log is not shared. */
  readonly node: DraftNode | null;
  /** Id of the work-in-progress commit. */
  readonly head: ObjectId;
  /** Its root tree, which is the release directory itself. */
  readonly tree: ObjectId;
}

/** What the draft's last `Committed` names. Null until there is one. */
export type LastCommit = { readonly commit: ObjectId; readonly tree: ObjectId } | null;

/** One file to write, or to delete when `content` is null. Text is stored as UTF-8. */
export interface ArtifactEdit {
  readonly path: string;
  readonly content: string | Uint8Array | null;
}

/** Who changes a draft, when, and what its package's state says of its last commit. */
interface DraftChange {
  readonly draft: string;
  readonly lastCommit: LastCommit;
  /** Refuse unless the draft is at this head; null or absent: the last writer of a path wins. */
  readonly expectedHead?: string | null;
  readonly actor: Actor;
  /** ISO 8601, UTC, milliseconds. */
  readonly now: string;
}

export interface StartDraft {
  /** A name ({@link isName}) that no draft has. */
  readonly id: string;
  readonly package: PackageId;
  readonly baseVersion: Version | null;
  readonly baseCommit: ObjectId;
  /** Null for no base. */
  readonly baseTree: ObjectId | null;
  readonly actor: Actor;
  readonly now: string;
}

export interface SaveDraft extends DraftChange {
  readonly changes: readonly ArtifactEdit[];
}

export interface DiscardDraft extends DraftChange {
  /** Null or absent: everything. */
  readonly paths?: readonly string[] | null;
}

/** Drafts are Git state and nothing else: two refs each, `refs/heads/draft/ID` and `refs/slipway/drafts/ID`. */
export interface DraftRepository {
  /** @throws BadUserInput (`name`) when the id is none or taken. */
  start(command: StartDraft): Promise<Draft>;

  /** All drafts, sorted by id. @throws DraftUnreadable */
  list(): Promise<readonly Draft[]>;

  /** Ids of all drafts that exist, those of other nodes of the log included. */
  ids(): Promise<ReadonlySet<string>>;

  /** As {@link DraftRepository.ids} without asking anybody: of other nodes those that were seen last. */
  knownIds(): Promise<ReadonlySet<string>>;

  /** Null when there is no such draft. @throws DraftUnreadable; DraftElsewhere for one of another node. */
  get(draft: string): Promise<Draft | null>;

  /**
   * Writes and deletes files, all or none. Deleting what is not there does nothing; a save that changes nothing keeps the head.
   * @throws DraftNotFound, DraftConflict, BadUserInput (`changes[0].path`, ...)
   */
  save(command: SaveDraft): Promise<Draft>;

  /**
   * Takes files back to what the draft's last commit holds, else its base release.
   * @throws DraftNotFound, DraftConflict, BadUserInput (`paths[0]`)
   */
  discard(command: DiscardDraft): Promise<Draft>;

  /**
   * Makes sure that a draft's name is this node's, where nodes share a log: what is committed under it is then nobody else's.
   * @returns ids of all drafts that exist, as {@link DraftRepository.ids}.
   * @throws DraftNotFound; DraftElsewhere where another node has the name.
   */
  hold(draft: string): Promise<ReadonlySet<string>>;

  /** Removes the two refs and nothing else. @throws DraftNotFound */
  abandon(draft: string): Promise<void>;

  /**
   * Ends a draft whose release is locked: removes its two refs, unless it holds newer edits than the locked tree.
   * Doing it again does no harm.
   * @returns whether the draft is gone.
   */
  end(draft: string, lockedTree: ObjectId): Promise<boolean>;

  /** Ids of branches `draft/ID` whose draft is gone: what a removal that broke off leaves behind. */
  leftBranches(): Promise<readonly string[]>;
}

/** The work-in-progress commit of a draft exists but does not say what it must. */
export class DraftUnreadable extends Error {
  constructor(
    readonly draft: string,
    readonly why: string,
  ) {
    super(`Draft ${draft} cannot be read: ${why}`);
    this.name = 'DraftUnreadable';
  }
}
