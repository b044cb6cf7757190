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

/** The steps of publishing one event at which tests end the process. */
export type PublishStep = 'objects written' | 'ref moved';

export interface PublisherHooks {
  /** Awaited after each step. */
  readonly onStep?: (step: PublishStep, event: RecordedEvent) => Promise<void>;
  /** A failure that is tried again after `delayMs`. */
  readonly onRetry?: (error: unknown, delayMs: number) => void;
  /** Publishing ended; nothing is written until the process is started again. */
  readonly onStopped?: (error: unknown) => void;
}

/** Follows the log and moves the refs that people read. Writes nothing it cannot derive from the log. */
export interface Publisher {
  /**
   * Publishes until the signal aborts or the repository is not what the log predicts; resolves in both cases. Call it once.
   * Failures of disk and store are retried with a growing pause.
   */
  run(signal: AbortSignal): Promise<void>;
  status(): PublisherStatus;
  /** Resolves when everything up to a position is in Git. @throws PublishingStopped */
  publishedUpTo(position: Position): Promise<void>;
}

/** The publisher has ended, by drift or by shutdown; what was waited for is not in Git yet. */
export class PublishingStopped extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(`Publishing to Git has stopped: ${reason}`, options);
    this.name = 'PublishingStopped';
  }
}
