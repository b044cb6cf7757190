import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Position, type RecordedEvent } from '../../domain';
import { StoreUnavailable, UnknownPosition } from '../errors';
import { type EventLog, type ReadAllOptions, type ReadStreamOptions } from '../event-store';
import { formatPosition, parsePosition } from '../position';
import { openSqlite } from '../sqlite-driver/open-sqlite';
import { type SqliteDatabase } from '../sqlite-driver/sqlite-database';
import { LogReader } from './log-reader';
import { readLogState } from './log-schema';

/**
 * Opens the event log of a SQLite file to read what it holds now, beside a process that writes it. Writes nothing.
 *
 * @throws StoreUnavailable when there is no event log at the path or it cannot be read. An event that is missing is met by
 *   whoever reads up to it.
 */
export function openSqliteEventLog({ path }: { readonly path: string }): EventLog {
  const database = openSqlite({ path, synchronous: 'FULL', readOnly: true });
  try {
    const { logId, head } = readLogState(database);
    return new SqliteEventLog({ database, logId, head: () => head });
  } catch (error) {
    database.close();
    if (error instanceof StoreUnavailable) throw error;
    throw new StoreUnavailable(`The event log ${path} cannot be read.`, { cause: error });
  }
}

/** Reads of a log up to the place where it stands at the time of the call. */
export class SqliteEventLog implements EventLog {
  readonly logId: string;
  private readonly database: SqliteDatabase;
  private readonly headPlace: () => number;
  private readonly reader: LogReader;

  /** @param parts.head place of the last event that readers may see; 0 when there is none. */
  constructor(parts: { readonly database: SqliteDatabase; readonly logId: string; readonly head: () => number }) {
    this.logId = parts.logId;
    this.database = parts.database;
    this.headPlace = parts.head;
    this.reader = new LogReader(parts);
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    let { fromRevision = 0, limit = Infinity } = options;
    while (limit > 0) {
      const { events, complete } = this.reader.stream(stream, fromRevision, limit);
      yield* events;
      if (complete) return;
      fromRevision += events.length;
      limit -= events.length;
      // Between pages everybody else has a turn.
      await nextTurn();
    }
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return this.readUpTo(this.headPlace(), options);
  }

  private async *readUpTo(head: number, options: ReadAllOptions): AsyncIterable<RecordedEvent> {
    const until = options.until === undefined ? head : this.placeOf(options.until);
    let cursor = this.placeAfter(options.after);
    while (cursor < until) {
      const { events, through } = this.reader.all(cursor, until, options.types);
      yield* events;
      cursor = through;
      if (cursor < until) await nextTurn();
    }
  }

  head(): Promise<Position | null> {
    const place = this.headPlace();
    return Promise.resolve(place === 0 ? null : formatPosition(this.logId, BigInt(place)));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a store behind a network has to wait
  async *streams(): AsyncIterable<string> {
    yield* this.reader.streams();
  }

  close(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }

  /** @throws UnknownPosition for a position of another log or ahead of this one. */
  placeAfter(after: Position | null | undefined): number {
    return after === null || after === undefined ? 0 : this.placeOf(after);
  }

  private placeOf(position: Position): number {
    const place = parsePosition(this.logId, position);
    if (place > BigInt(this.headPlace())) throw new UnknownPosition(position);
    return Number(place);
  }
}
