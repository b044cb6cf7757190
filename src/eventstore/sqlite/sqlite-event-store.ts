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
  type StoreStatus,
  type SubscribeOptions,
} from '../event-store';
import { formatPosition } from '../position';
import { openSqlite } from '../sqlite-driver/open-sqlite';
import { type SqliteDatabase } from '../sqlite-driver/sqlite-database';
import { AppendQueue } from './append-queue';
import { toRows } from './event-row';
import { LiveLog } from './live-log';
import { bringToDisk, openLog } from './log-schema';

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
  private readonly database: SqliteDatabase;
  private readonly log: LiveLog;
  private readonly queue: AppendQueue;
  private closed = false;

  constructor(parts: { readonly database: SqliteDatabase; readonly newLogId: () => string }) {
    const { database } = parts;
    const { logId, head } = openLog(database, { holds: 'log', newLogId: parts.newLogId });
    bringToDisk(database);
    this.logId = logId;
    this.database = database;
    this.log = new LiveLog({ database, logId, head });
    this.queue = new AppendQueue({ database, head, onCommit: (place) => this.log.moveTo(place) });
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventEnvelope[]): Promise<AppendResult> {
    const rows = toRows(stream, expected === 'no_stream' ? -1 : expected, events);
    const { revision, place } = await this.queue.push({ stream, expected, rows });
    return { revision, position: formatPosition(this.logId, BigInt(place)) };
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return this.log.readStream(stream, options);
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return this.log.readAll(options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<RecordedEvent> {
    return this.log.subscribe(options);
  }

  head(): Promise<Position | null> {
    return this.log.head();
  }

  streams(): AsyncIterable<string> {
    return this.log.streams();
  }

  status(): StoreStatus {
    return { failing: null, failingForMs: null, stopped: this.queue.stopped() };
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.queue.close();
    this.closed = true;
    this.log.endSubscriptions();
    // Writers hear of what was just committed, and subscribers of the end, before the file is gone.
    await nextTurn();
    try {
      this.database.close();
    } catch (error) {
      throw new StoreUnavailable('The event log could not be closed.', { cause: error });
    }
  }
}
