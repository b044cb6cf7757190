import { setTimeout as pause } from 'node:timers/promises';
import { type Position, type RecordedEvent } from '../../domain';
import {
  type EventStore,
  Pulse,
  SQLITE_BUSY,
  SQLITE_FULL,
  SQLITE_IOERR,
  SQLITE_LOCKED,
  sqliteErrorCode,
  StoreUnavailable,
  UnknownPosition,
} from '../../eventstore';
import { type ProjectionStatus } from '../read-model';
import { type ProjectedTables } from '../tables/projected-tables';
import { PoisonEvent } from '../tables/poison-event';
import { batches } from './batches';

const BATCH_SIZE = 500;
const PASSING = [SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL];

/** Keeps the tables up with the log, by one subscription. Whatever goes wrong is told by its status, never thrown. */
export class LogFollower {
  /** Beats after each commit, and when the following ends. */
  readonly moved = new Pulse();
  private caughtUp = false;
  private stopped: string | null = null;
  private readonly ended = new AbortController();
  private following: Promise<void> | null = null;

  constructor(
    private readonly parts: {
      readonly tables: ProjectedTables;
      readonly store: EventStore;
      /** Before it looks again at a store, or writes to a disk, that did not answer. */
      readonly retryAfterMs: number;
      /** Awaited after each commit, before it is announced. */
      readonly committed: (position: Position) => Promise<void>;
    },
  ) {}

  status(): ProjectionStatus {
    return { position: this.parts.tables.position, caughtUp: this.caughtUp, stopped: this.stopped };
  }

  /** Resolves when the end of the log is reached, or the following has ended. */
  async start(): Promise<void> {
    this.following ??= this.follow();
    while (!this.caughtUp && this.stopped === null && !this.ended.signal.aborted) {
      await this.moved.next(this.ended.signal);
    }
  }

  /** Resolves when the tables are no longer written. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.following;
    this.moved.notify();
  }

  private async follow(): Promise<void> {
    while (!this.ended.signal.aborted && this.stopped === null) {
      try {
        await this.followOnce();
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  private async followOnce(): Promise<void> {
    const { tables, store } = this.parts;
    // The generator cannot be ended while it waits for the next event: leaving the loop must wake it first.
    const leaving = new AbortController();
    const signal = AbortSignal.any([this.ended.signal, leaving.signal]);
    try {
      tables.reread();
      if (!(await isOfThisLog(tables, store))) {
        this.caughtUp = false;
        tables.reset();
      }
      await this.noteEndOfLog();
      for await (const batch of batches(store.subscribe({ after: tables.position, signal }), BATCH_SIZE)) {
        await this.project(batch);
        if (!this.caughtUp) await this.noteEndOfLog();
      }
      if (!this.ended.signal.aborted) throw new StoreUnavailable('The subscription to the log has ended.');
    } finally {
      leaving.abort();
    }
  }

  private async project(batch: readonly RecordedEvent[]): Promise<void> {
    const { tables } = this.parts;
    try {
      tables.project(batch);
    } catch (error) {
      if (!(error instanceof PoisonEvent) || batch.length === 1) throw error;
      // Those before the poisonous one are sound.
      for (const event of batch) await this.project([event]);
      return;
    }
    if (tables.position !== null) await this.parts.committed(tables.position);
    this.moved.notify();
  }

  private async noteEndOfLog(): Promise<void> {
    const head = await this.parts.store.head();
    const { position } = this.parts.tables;
    if (head !== null && (position === null || position < head)) return;
    this.caughtUp = true;
    this.moved.notify();
  }

  private async recover(error: unknown): Promise<void> {
    if (isPassing(error)) {
      await pause(this.parts.retryAfterMs, undefined, { signal: this.ended.signal }).catch(() => undefined);
    } else {
      this.stopped = error instanceof Error ? error.message : String(error);
      this.moved.notify();
    }
  }
}

function isPassing(error: unknown): boolean {
  const code = sqliteErrorCode(error instanceof PoisonEvent ? error.cause : error);
  // A log that was put back to an earlier state is found out when it is followed again.
  const passing = error instanceof StoreUnavailable || error instanceof UnknownPosition;
  return passing || (code !== null && PASSING.includes(code));
}

/** False when the log holds another event where the tables saw their last one, or none. */
async function isOfThisLog({ checkpoint }: ProjectedTables, store: EventStore): Promise<boolean> {
  if (checkpoint === null) return true;
  const { stream, revision, hash, position } = checkpoint;
  for await (const event of store.readStream(stream, { fromRevision: revision, limit: 1 })) {
    return event.metadata.hash === hash && event.position === position;
  }
  return false;
}
