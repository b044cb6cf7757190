import { type Position, type RecordedEvent } from '../../domain';
import { type ObjectId } from '../git-repository';

/** An event and the commit on `main` that it is. */
export interface Publication {
  readonly eventId: string;
  readonly commit: ObjectId;
  readonly position: Position;
}

export interface PublisherStatus {
  /** Tip of `main` as last seen or moved; null before an adoption. */
  readonly tip: ObjectId | null;
  /** Everything up to here is in Git; null while nothing is. */
  readonly position: Position | null;
  /** Why publishing has ended until an operator acts; null while it runs. */
  readonly stopped: string | null;
  /** Message of the failure that is being retried; null when there is none. */
  readonly retrying: string | null;
  /** How long it has been failing, in milliseconds from the first failure; null when nothing is retried. */
  readonly retryingForMs: number | null;
}

/** Where `main` is, as far as publishing has come. A new object whenever something of it changes. */
export interface Predicted {
  /** The commit that `main` must be at; null while it is not known. */
  readonly tip: ObjectId | null;
  /** The commit that `main` is being moved to right now; null when it is not. */
  readonly next: ObjectId | null;
  /** Everything up to here is in Git; null while nothing is, or it is not known. */
  readonly after: Position | null;
}

/** The steps of publishing one event at which tests end the process. */
export type PublishStep = 'objects written' | 'ref moved';

export interface PublisherHooks {
  /** Awaited after each step. */
  readonly onStep?: (step: PublishStep, event: RecordedEvent) => Promise<void>;
  /** A failure that is tried again after `delayMs`. */
  readonly onRetry?: (error: unknown, delayMs: number) => void;
  /** Publishing ended; nothing is written until it is run again. */
  readonly onStopped?: (error: unknown) => void;
}

/** Follows the log and moves the refs that people read. Writes nothing it cannot derive from the log. */
export interface Publisher {
  /**
   * Publishes until the signal aborts or the repository is not what the log predicts; resolves in both cases. May be called again when
   * it has: then it finds anew where to go on. A signal that aborts with a `Drift` stops it as if it had found that itself, one that
   * aborts with {@link PAUSE} keeps those waiting who wait.
   * Failures of disk and store are retried with a growing pause.
   */
  run(signal: AbortSignal): Promise<void>;
  /** Resolves when the run that was begun last has found where to go on, failed for the first time, or ended. */
  settled(): Promise<void>;
  status(): PublisherStatus;
  /** What ended the last run by itself; null when nothing did. */
  stoppedBy(): unknown;
  predicted(): Predicted;
  /** Resolves when everything up to a position is in Git. @throws PublishingStopped */
  publishedUpTo(position: Position): Promise<void>;
}

/** Reason of a signal that ends a run for a while. */
export const PAUSE = Symbol('publishing is paused');

/** The publisher has ended, by drift or by shutdown; what was waited for is not in Git yet. */
export class PublishingStopped extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(`Publishing to Git has stopped: ${reason}`, options);
    this.name = 'PublishingStopped';
  }
}
