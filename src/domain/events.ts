// Stored for ever. These names and shapes are read back from every log ever written: a change of shape needs an
// upcaster, a raised schemaVersion and a test that reads the old bytes.
import { type HistoryFinding } from './history-finding';
import { type Layout } from './layout';
import { type PackageId } from './package-id';
import { type ValidationReport } from './report';
import { type ChangeType, type Version } from './version';

/** Who wrote a commit that stood before adoption, and when. Set only when history was adopted too. */
export interface Origin {
  readonly name: string;
  readonly email: string;
  readonly at: string;
  readonly subject: string;
}

/** One entry of a pointer move. `toVersion: null` means that the package leaves the map. */
export interface PointerChange {
  readonly package: PackageId;
  readonly fromVersion: Version | null;
  readonly toVersion: Version | null;
  /** Git tree id of the release directory of `toVersion`; null when there is none. */
  readonly tree: string | null;
  /** Package ids of the required inputs of `toVersion`. */
  readonly requires: readonly PackageId[];
}

export interface ReleaseAdopted {
  readonly type: 'ReleaseAdopted';
  readonly data: {
    readonly package: PackageId;
    readonly version: Version;
    readonly commit: string;
    readonly tree: string;
    readonly displayName: string | null;
    readonly requires: readonly PackageId[];
    readonly origin: Origin | null;
  };
}

export interface Committed {
  readonly type: 'Committed';
  readonly data: {
    readonly package: PackageId;
    readonly version: Version;
    readonly changeType: ChangeType | null;
    readonly baseVersion: Version | null;
    readonly draft: string;
    readonly commit: string;
    readonly tree: string;
    readonly message: string;
    readonly displayName: string | null;
    readonly requires: readonly PackageId[];
  };
}

interface Validated {
  readonly package: PackageId;
  readonly version: Version;
  readonly commit: string;
  readonly tree: string;
  readonly report: ValidationReport;
}

export interface ValidationFailed {
  readonly type: 'ValidationFailed';
  readonly data: Validated;
}

export interface Staged {
  readonly type: 'Staged';
  readonly data: Validated;
}

export interface Tagged {
  readonly type: 'Tagged';
  readonly data: {
    readonly package: PackageId;
    readonly version: Version;
    readonly tag: string;
    readonly commit: string;
    readonly message: string;
  };
}

/** Events of `package-<id>`. */
export type PackageEvent = ReleaseAdopted | Committed | ValidationFailed | Staged | Tagged;

export interface PointerAdopted {
  readonly type: 'PointerAdopted';
  readonly data: {
    readonly commit: string;
    readonly changes: readonly PointerChange[];
    readonly origin: Origin | null;
  };
}

/** One move of the pointer. `changes` is sorted by package id (UTF-16 code units), one entry per package. */
export interface PointerMove {
  readonly changes: readonly PointerChange[];
  readonly reason: string;
  readonly planDigest: string | null;
  /** Codes of blockers that were knowingly lifted. */
  readonly overrides: readonly string[];
}

export interface Activated {
  readonly type: 'Activated';
  readonly data: PointerMove;
}

export interface RolledBack {
  readonly type: 'RolledBack';
  readonly data: PointerMove;
}

export interface Deactivated {
  readonly type: 'Deactivated';
  readonly data: PointerMove;
}

/** Events of `pointer-production`. */
export type PointerEvent = PointerAdopted | Activated | RolledBack | Deactivated;

/** Seals an adoption: the repository as of `commit` is the starting point, laid out as `layout` says. */
export interface Adopted {
  readonly type: 'Adopted';
  readonly data: {
    readonly commit: string;
    readonly layout: Layout;
    readonly serviceIdentity: { readonly name: string; readonly email: string };
    readonly commitForm: number;
    readonly previousEventId: string | null;
  };
}

/**
 * Said before `Adopted` when history is adopted too: since when it reaches back, and what of it is irregular. Several where
 * the findings are many; together they are in the order of the history.
 */
export interface HistoryFindings {
  readonly type: 'HistoryFindings';
  readonly data: {
    /** The adopted commit. */
    readonly commit: string;
    /** The oldest commit of the history and its committer date. */
    readonly since: { readonly commit: string; readonly at: string };
    readonly findings: readonly HistoryFinding[];
  };
}

/** An operator put a ref back to what the log predicts (`heal`, `quarantine`), or took over what was found there (`adopt`). */
export interface DriftResolved {
  readonly type: 'DriftResolved';
  readonly data: {
    readonly remedy: 'heal' | 'quarantine' | 'adopt';
    readonly place: 'local' | 'remote';
    /** Full name of the ref. */
    readonly ref: string;
    /** The object id that the log predicted there. */
    readonly expected: string;
    /** The object id that was there; null when the ref was gone. */
    readonly found: string | null;
    /** Full name of the branch that a quarantine put the foreign work on; null when there is none. */
    readonly branch: string | null;
    readonly reason: string | null;
  };
}

/** Events of `repository`. */
export type RepositoryEvent = HistoryFindings | Adopted | DriftResolved;

export type DomainEvent = PackageEvent | PointerEvent | RepositoryEvent;
export type EventType = DomainEvent['type'];

export const POINTER_STREAM = 'pointer-production';
export const REPOSITORY_STREAM = 'repository';

/** Name of the stream of a package. */
export function packageStream(id: PackageId): string {
  return `package-${id}`;
}
