import {
  type EventType,
  type HistoryRule,
  type PackageId,
  type Position,
  type RecordedEvent,
  type Severity,
} from '../domain';
import { type Page, type PageRequest } from './page';
import {
  type ActivationRow,
  type ActiveReleasesRow,
  type AuditAction,
  type AuditRow,
  type EventRow,
  type HistoryFindingRow,
  type PackageRow,
  type PointerMap,
  type ReleaseChangeRow,
  type ReleaseKey,
  type ReleaseRow,
  type ReleaseState,
  type ReportRow,
} from './rows';

type Optional<T> = T | null | undefined;

export interface PackageFilter {
  readonly kind?: Optional<string>;
  /** Part of the id or of the display name, whatever the case of its ASCII letters. */
  readonly search?: Optional<string>;
}

export interface ReleaseFilter {
  readonly package?: Optional<PackageId>;
  readonly states?: Optional<readonly ReleaseState[]>;
  readonly kind?: Optional<string>;
  /** What the latest report on the release's content says; releases without one are left out. */
  readonly valid?: Optional<boolean>;
}

export interface ActivationFilter {
  readonly package?: Optional<PackageId>;
  readonly actor?: Optional<string>;
  /** Inclusive. */
  readonly from?: Optional<string>;
  /** Inclusive. */
  readonly to?: Optional<string>;
}

export interface AuditFilter extends ActivationFilter {
  readonly actions?: Optional<readonly AuditAction[]>;
}

export interface EventFilter {
  readonly types?: Optional<readonly EventType[]>;
  readonly package?: Optional<PackageId>;
  readonly actor?: Optional<string>;
}

export interface HistoryFindingFilter {
  readonly package?: Optional<PackageId>;
  readonly rules?: Optional<readonly HistoryRule[]>;
  readonly severity?: Optional<Severity>;
}

/** The part of the log to look at. */
export interface EventRange {
  /** Exclusive. */
  readonly after?: Optional<Position>;
  /** Inclusive. */
  readonly until?: Optional<Position>;
}

/**
 * Questions about releases, the pointer and the record of both, answered from this node's tables as of
 * {@link Projections.position}. Functions that take a list answer in its order, one answer for each key: DataLoaders
 * call them as they are. A malformed cursor is refused with `BadUserInput`.
 */
export interface ReadModel {
  // Packages, sorted by id.
  packages(filter: PackageFilter, page: PageRequest): Page<PackageRow>;
  packagesById(ids: readonly PackageId[]): readonly (PackageRow | null)[];
  /** Of the active release; empty when none is active. */
  requiredInputs(packages: readonly PackageId[]): readonly (readonly PackageId[])[];
  /** Ids of the packages whose active release requires this one. */
  dependants(packages: readonly PackageId[]): readonly (readonly PackageId[])[];

  // Releases.
  /** The board: newest change first. */
  releases(filter: ReleaseFilter, page: PageRequest): Page<ReleaseRow>;
  /** Highest version first. */
  releasesOfPackage(
    packageId: PackageId,
    filter: { readonly states?: Optional<readonly ReleaseState[]> },
    page: PageRequest,
  ): Page<ReleaseRow>;
  releasesByKey(keys: readonly ReleaseKey[]): readonly (ReleaseRow | null)[];
  activeReleaseOf(packages: readonly PackageId[]): readonly (ReleaseRow | null)[];
  /** Committed from this draft, newest commit first. */
  releasesOfDraft(drafts: readonly string[]): readonly (readonly ReleaseRow[])[];

  // Validations, newest first.
  reportsById(ids: readonly string[]): readonly (ReportRow | null)[];
  reportsOfRelease(key: ReleaseKey, page: PageRequest): Page<ReportRow>;

  // Moves of the pointer, newest first.
  activations(filter: ActivationFilter, page: PageRequest): Page<ActivationRow>;
  activationsById(ids: readonly string[]): readonly (ActivationRow | null)[];
  /** The moves that put the release into production. */
  activationsOfRelease(key: ReleaseKey, page: PageRequest): Page<ActivationRow>;

  // The active map.
  /** Null before the first event. */
  activeNow(): ActiveReleasesRow | null;
  /**
   * After the last move at or before an instant (ISO 8601, UTC, milliseconds).
   *
   * @throws OutOfHistory for an instant before the first event, or before the first commit of an adopted history.
   */
  activeAt(instant: string): ActiveReleasesRow;
  /**
   * After the last move at or before a position.
   *
   * @throws PositionUnknown for a position of another log, or ahead of what this node has seen.
   */
  activeAtPosition(position: Position): ActiveReleasesRow;
  /** The whole map after each move, by the revisions of {@link ActivationRow}. */
  pointersAt(revisions: readonly number[]): readonly PointerMap[];
  /** Instant of the first event, or of the first commit of an adopted history; null when there is none. */
  earliestMoment(): string | null;

  // The record.
  /** Newest first. */
  auditLog(filter: AuditFilter, page: PageRequest): Page<AuditRow>;
  /**
   * Oldest first. A cursor of this page is a position.
   *
   * @throws PositionUnknown as {@link activeAtPosition} does.
   */
  events(range: EventRange, filter: EventFilter, first: number): Page<EventRow>;
  eventsById(ids: readonly string[]): readonly (EventRow | null)[];
  /** The events themselves, from the event store. */
  loadEvents(ids: readonly string[]): Promise<readonly (RecordedEvent | null)[]>;

  /** What is irregular in the adopted history, in its order; empty where none was adopted. */
  historyFindings(filter: HistoryFindingFilter, page: PageRequest): Page<HistoryFindingRow>;
}

/**
 * Endless lists, for subscriptions: what follows `after` (absent: what comes from now on), in log order, each row after
 * the projection committed it. They pull: a slow reader holds back nothing but itself. Aborting the signal ends them
 * without an error.
 *
 * @throws PositionUnknown on the call, for a position of another log, or ahead of what this node has seen.
 */
export interface Feeds {
  /** A set comes whole. With `published`, only once its commit exists, and still in order. */
  activations(
    options: {
      readonly packages?: Optional<readonly PackageId[]>;
      readonly after?: Optional<Position>;
      readonly published?: Optional<boolean>;
    },
    signal: AbortSignal,
  ): AsyncIterable<ActivationRow>;
  releaseChanges(
    options: { readonly packages?: Optional<readonly PackageId[]>; readonly after?: Optional<Position> },
    signal: AbortSignal,
  ): AsyncIterable<ReleaseChangeRow>;
  events(
    options: {
      readonly types?: Optional<readonly EventType[]>;
      readonly package?: Optional<PackageId>;
      readonly after?: Optional<Position>;
    },
    signal: AbortSignal,
  ): AsyncIterable<RecordedEvent>;
}

/** Which commit an event became: fed by the publisher, kept when the other tables are rebuilt. */
export interface Publications {
  /** Says the same again without harm. Wakes the feeds that wait for commits. */
  record(eventId: string, commit: string): void;
  /** Commit ids, in the order of the event ids. */
  commitsOf(eventIds: readonly string[]): readonly (string | null)[];
  count(): number;
  clear(): void;
}

export interface ProjectionStatus {
  /** The last event that the tables contain; null before the first. */
  readonly position: Position | null;
  /** The end of the log was reached once since the start. */
  readonly caughtUp: boolean;
  /** Why nothing more is projected, with the event's place; null while all is well. */
  readonly stopped: string | null;
}

/** This node's tables, and the one subscription that keeps them up to date. */
export interface Projections {
  readonly readModel: ReadModel;
  readonly feeds: Feeds;
  readonly publications: Publications;

  /** The last event that the tables contain; null before the first. */
  position(): Position | null;
  status(): ProjectionStatus;

  /**
   * True as soon as the tables contain the event at a position; false when they do not within `timeoutMs`, when the
   * projection has stopped, or when the store is out of reach.
   *
   * @throws PositionUnknown for a position of another log, or ahead of its head: at once where nobody else appends, else after the wait.
   *   Never ahead of the head while the store is out of reach.
   */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;

  /** Begins to follow the log. Resolves once the end of the log is reached, or the projection has stopped. */
  start(): Promise<void>;

  /** Ends the subscription and the feeds, and closes the file. */
  close(): Promise<void>;
}
