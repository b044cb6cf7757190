import {
  type Actor,
  type Blocker,
  type ChangeReason,
  type ChangeType,
  type PackageId,
  type PointerChange,
  type PointerEvent,
  type PointerMove,
  type Release,
  type RemedyRelease,
  type ValidationReport,
  type Version,
} from '../domain';

/** A release right after a command, from the state the command left; never from a read model that may lag. */
export interface ReleaseAnswer {
  readonly packageId: PackageId;
  readonly release: Release;
  readonly state: 'COMMITTED' | 'STAGED' | 'RELEASED' | 'SUPERSEDED';
}

export interface CommitAnswer extends ReleaseAnswer {
  readonly position: string;
}

export interface TagAnswer extends ReleaseAnswer {
  readonly tag: string;
  readonly position: string;
}

/** A staging that fails validation is an answer, not an error. */
export interface StageAnswer extends ReleaseAnswer {
  readonly staged: boolean;
  readonly report: ValidationReport;
  /** Id of the event that stored the report. */
  readonly reportId: string;
  readonly position: string;
}

/** One move of the pointer, from its event. */
export interface MoveAnswer {
  readonly eventId: string;
  readonly position: string;
  readonly revision: number;
  readonly type: PointerEvent['type'];
  readonly occurredAt: string;
  readonly actor: Actor;
  readonly move: PointerMove;
  /** The whole map after the move. */
  readonly pointer: Readonly<Record<PackageId, Version>>;
}

/** A dry run: what the act would do, and the id to give it. */
export interface PlanAnswer {
  /** Hex SHA-256 of the sorted changes {package, fromVersion, toVersion, tree}: moves of other packages do not outdate it. */
  readonly id: string;
  readonly ok: boolean;
  readonly changes: readonly PointerChange[];
  readonly blockers: readonly Blocker[];
  /** What to activate as well, or before a rollback or deactivation: empty when it may happen, null when there is no such set. */
  readonly remedy: readonly RemedyRelease[] | null;
  readonly warnings: readonly Blocker[];
  readonly affected: readonly PackageId[];
  readonly pointer: Readonly<Record<PackageId, Version>>;
}

/** A draft as people see it. */
export interface DraftAnswer {
  readonly id: string;
  readonly packageId: PackageId;
  /** The release it builds on: the one it started from, or the last that was staged from it. Null for a new package. */
  readonly baseVersion: Version | null;
  /** Git tree id of the content it builds on. */
  readonly baseTree: string;
  /** Branch that plain Git fetches, without `refs/heads/`. */
  readonly branch: string;
  /** Id of the work-in-progress commit; give it back as `expectedHead`. */
  readonly head: string;
  /** Git tree id of the release directory as it stands in the draft. */
  readonly tree: string;
  readonly createdBy: Actor;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Differs from its last commit, or from its base. */
  readonly dirty: boolean;
}

/** A file of a release or draft; `path` is relative to the release directory. */
export interface ArtifactAnswer {
  readonly path: string;
  /** Git blob id. */
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
  /** Null when it is not UTF-8 text. */
  readonly content: string | null;
}

export interface ArtifactDiffAnswer {
  readonly path: string;
  /** `manifest`, or the first directory of the path (`prompts`, `schemas`), or `files`. */
  readonly group: string;
  readonly change: 'ADDED' | 'MODIFIED' | 'REMOVED';
  /** Unified diff of the texts; null when one side is not UTF-8 text. */
  readonly unified: string | null;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

/** The change type that a draft as it stands needs, the version it would get by it, and why; not stored. */
export interface DraftClassification {
  readonly required: ChangeType;
  readonly nextVersion: Version;
  readonly reasons: readonly ChangeReason[];
}

/** A validation of a draft as it stands; not stored. */
export interface DraftReport {
  readonly packageId: PackageId;
  readonly tree: string;
  readonly report: ValidationReport;
}
