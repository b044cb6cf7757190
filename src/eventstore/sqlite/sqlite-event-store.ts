import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type EventEnvelope, type Position, type RecordedEvent } from '../../domain';
import { LogDamaged, StoreUnavailable } from '../errors';
import {
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SubscribeOptions,
} from '../event-store';
import { formatPosition } from '../position';
import { openSqlite } from '../sqlite-driver/open-sqlite';
import { type SqliteDatabase } from '../sqlite-driver/sqlite-database';
import { AppendQueue } from './append-queue';
import { Pulse } from '../pulse';
import { toRows } from './event-row';
import { LogReader } from './log-reader';
import { bringToDisk, openLog } from './log-schema';
import { SqliteEventLog } from './sqlite-event-log';

/**
 * Opens the event log in one SQLite file, made when it does not exist. Exactly one process may have it open: hold the
 * data directory's lock.
 *
 * @throws StoreUnavailable when the file cannot be opened as an event log that keeps its promises.
 * @throws LogDamaged when events are missing from it.
 */
export function openSqliteEventStore(options: {
  readonly path: string;
  /** Names a new log; random by default. */
  readonly newLogId?: () => string;
}): EventStore {
  const { path, newLogId = () => randomBytes(6).toString('hex') } = options;
  const database = openSqlite({ path, synchronous: 'FULL' });
  try {
    return new SqliteEventStore({ database, newLogId });
  } catch (error) {
    database.close();
    if (error instanceof StoreUnavailable || error instanceof LogDamaged) throw error;
    throw new StoreUnavailable(`The event log ${path} cannot be opened.`, { cause: error });
  }
}

/** The event log over an open database, which it closes with itself. */
export class SqliteEventStore implements EventStore {
  readonly logId: string;
  private place: number;
  private readonly database: SqliteDatabase;
  private readonly reader: LogReader;
  private readonly log: SqliteEventLog;
  private readonly queue: AppendQueue;
  private readonly moved = new Pulse();
  private closed = false;

  constructor(parts: { readonly database: SqliteDatabase; readonly newLogId: () => string }) {
    const { logId, head } = openLog(parts.database, parts.newLogId);
    bringToDisk(parts.database);
    this.logId = logId;
    this.place = head;
    this.database = parts.database;
    this.reader = new LogReader({ database: parts.database, logId });
    this.log = new SqliteEventLog({ database: parts.database, logId, head: () => this.place });
    const onCommit = (place: number): void => {
      this.place = place;
      this.moved.notify();
    };
    this.queue = new AppendQueue({ database: parts.database, head, onCommit });
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventEnvelope[]): Promise<AppendResult> {
    const rows = toRows(stream, expected === 'no_stream' ? -1 : expected, events);
    const { revision, place } = await this.queue.push({ stream, expected, rows });
    return { revision, position: this.positionOf(place) };
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return this.log.readStream(stream, options);
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return this.log.readAll(options);
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<RecordedEvent> {
    const { types, signal } = options;
    const ended = (): boolean => signal.aborted || this.closed;
    let cursor = this.log.placeAfter(options.after);
    while (!ended()) {
      if (cursor === this.place) {
        await this.moved.next(signal);
        continue;
      }
      const { events, through } = this.reader.all(cursor, this.place, types);
      for (const event of events) {
        yield event;
        if (ended()) return;
      }
      cursor = through;
      if (cursor < this.place) await nextTurn();
    }
  }

  head(): Promise<Position | null> {
    return this.log.head();
  }

  streams(): AsyncIterable<string> {
    return this.log.streams();
  }

  stopped(): string | null {
    return this.queue.stopped();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.queue.close();
    this.closed = true;
    this.moved.notify();
    // Writers hear of what was just committed, and subscribers of the end, before the file is gone.
    await nextTurn();
    try {
      this.database.close();
    } catch (error) {
      throw new StoreUnavailable('The event log could not be closed.', { cause: error });
    }
  }

  private positionOf(place: number): Position {
    return formatPosition(this.logId, BigInt(place));
  }
}
