import {
  type Actor,
  type ChangeType,
  type EventType,
  type HistoryFinding,
  type PackageId,
  type Position,
  type ValidationReport,
  type Version,
} from '../domain';

// What the queries answer. Instants are ISO 8601, UTC, milliseconds. An event that names an origin is shown with the
// author and the instant of its origin; any other one with its own actor and `occurredAt`.

export type ReleaseState = 'COMMITTED' | 'STAGED' | 'RELEASED' | 'SUPERSEDED';
export type ActivationAction = 'ADOPTED' | 'ACTIVATED' | 'ROLLED_BACK' | 'DEACTIVATED';
export type AuditAction =
  | 'ADOPTED'
  | 'COMMITTED'
  | 'VALIDATION_FAILED'
  | 'STAGED'
  | 'ACTIVATED'
  | 'ROLLED_BACK'
  | 'DEACTIVATED'
  | 'TAGGED'
  | 'DRIFT_RESOLVED';

/** Names a release. */
export interface ReleaseKey {
  readonly package: PackageId;
  readonly version: Version;
}

export interface PackageRow {
  readonly id: PackageId;
  readonly kind: string;
  readonly name: string;
  /** Of the active release, else of the highest release that has one. */
  readonly displayName: string | null;
  /** What production reads now; a version without a release where the adopted pointer named a directory that was not there. */
  readonly activeVersion: Version | null;
}

export interface ReleaseRow {
  /** `PACKAGE@VERSION`. */
  readonly id: string;
  readonly package: PackageId;
  readonly version: Version;
  readonly state: ReleaseState;
  /** Taken over from an existing repository. */
  readonly adopted: boolean;
  /** Null when it was adopted, or when it was the first release of its package. */
  readonly changeType: ChangeType | null;
  readonly baseVersion: Version | null;
  readonly message: string;
  readonly commit: string;
  /** Git tree id of the release directory. */
  readonly tree: string;
  readonly displayName: string | null;
  /** Package ids of its required inputs. */
  readonly requires: readonly PackageId[];
  /** The draft it was committed from; null when it was adopted. */
  readonly draft: string | null;
  /** `draft/ID`; null when it was adopted. */
  readonly branch: string | null;
  readonly committedBy: Actor;
  readonly committedAt: string;
  readonly stagedBy: Actor | null;
  readonly stagedAt: string | null;
  /** Id of the latest report on its present content: a report on content that was committed over no longer counts. */
  readonly reportId: string | null;
  /** Event id of the move that took it out of production; null unless it is SUPERSEDED. */
  readonly retiredBy: string | null;
  readonly tag: string | null;
  /** Position of the last event that changed it. */
  readonly changedAt: Position;
}

/** A stored validation. */
export interface ReportRow {
  /** Id of the event that stored it. */
  readonly id: string;
  readonly package: PackageId;
  readonly version: Version;
  readonly commit: string;
  readonly tree: string;
  readonly valid: boolean;
  readonly report: ValidationReport;
  readonly position: Position;
}

/** One package in a move of the pointer. */
export interface ActivationChangeRow {
  readonly package: PackageId;
  readonly fromVersion: Version | null;
  /** Null: the package left the map. */
  readonly toVersion: Version | null;
}

/** One move of the pointer. */
export interface ActivationRow {
  /** Id of its event. */
  readonly id: string;
  readonly position: Position;
  /** Revision in the pointer's stream. */
  readonly revision: number;
  readonly action: ActivationAction;
  readonly at: string;
  readonly actor: Actor;
  readonly reason: string;
  /** Codes of blockers that were knowingly lifted. */
  readonly overrides: readonly string[];
  /** Sorted by package id. */
  readonly changes: readonly ActivationChangeRow[];
  /** Id of its pointer commit, or of the adopted one; null until it is published. */
  readonly commit: string | null;
}

/** The flat map, package id -> version, in the order of package ids. */
export type PointerMap = Readonly<Record<PackageId, Version>>;

/** One package of the active map, and the move that set it. */
export interface ActiveEntryRow {
  readonly package: PackageId;
  readonly version: Version;
  readonly previousVersion: Version | null;
  /** Event id of the move. */
  readonly activation: string;
  readonly activatedBy: Actor;
  readonly activatedAt: string;
  readonly reason: string;
  readonly position: Position;
}

/** What production reads, now or at a moment of the past. */
export interface ActiveReleasesRow {
  /** Of the last move in force; where there is none, of the last event that was looked at. */
  readonly position: Position;
  /** Revision of the pointer's stream; -1 before its first event. */
  readonly revision: number;
  /** Id of the commit of the last move in force; null while that is not published, or where there is none. */
  readonly commit: string | null;
  readonly pointer: PointerMap;
  /** In the order of package ids. */
  readonly entries: readonly ActiveEntryRow[];
}

/** One row per event and package; one without a package for an event that names none. */
export interface AuditRow {
  readonly id: string;
  readonly position: Position;
  readonly action: AuditAction;
  readonly at: string;
  readonly actor: Actor;
  readonly package: PackageId | null;
  readonly version: Version | null;
  /** What was active before a move; what a commit was based on. */
  readonly previousVersion: Version | null;
  /** Of a move of the pointer. */
  readonly reason: string | null;
  /** Of a commit, an adoption or a tag. */
  readonly message: string | null;
  /** The commit that the event names; for a move of the pointer its pointer commit, null until it is published. */
  readonly commit: string | null;
  readonly event: string;
  /** Event id where the event moved the pointer: names an {@link ActivationRow}. */
  readonly activation: string | null;
  /** Event id where the event stored a report: names a {@link ReportRow}. */
  readonly validation: string | null;
}

/** Where an event stands; its content is read from the event store. Actor and time are the event's own. */
export interface EventRow {
  readonly id: string;
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly type: EventType;
  readonly occurredAt: string;
  readonly actorId: string;
}

/** One irregularity of the history that was adopted. */
export type HistoryFindingRow = HistoryFinding;

/** One release that changed its state, or was committed again in the same state. */
export interface ReleaseChangeRow {
  readonly position: Position;
  readonly package: PackageId;
  readonly version: Version;
  /** Null when the release is new. */
  readonly from: ReleaseState | null;
  readonly to: ReleaseState;
}
