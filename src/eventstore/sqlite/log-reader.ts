import { type EventType, type RecordedEvent } from '../../domain';
import { LogDamaged, StoreUnavailable } from '../errors';
import { type SqliteDatabase, type SqliteStatement, type SqliteValue } from '../sqlite-driver/sqlite-database';
import { toEvent, type EventRow } from './event-row';

/** A page ends at whichever comes first: events are up to a megabyte, and reading blocks the process. */
const PAGE_EVENTS = 1_000;
const PAGE_CHARACTERS = 4_000_000;
/** How many places one page may look at for the types it wants. */
const SCAN_PLACES = 20_000;

interface RowPage {
  readonly rows: readonly EventRow[];
  /** The query had no more rows than these. */
  readonly complete: boolean;
}

export interface Page {
  /** Decoded one by one, so that those before a damaged one are read. @throws LogDamaged */
  readonly events: Iterable<RecordedEvent>;
  /** Up to here, inclusive, the log has been read. */
  readonly through: number;
}

/** Bounded synchronous reads of the log, each seeing only what is committed. */
export class LogReader {
  private readonly database: SqliteDatabase;
  private readonly logId: string;
  private readonly streamPage: SqliteStatement<EventRow>;
  private readonly allPage: SqliteStatement<EventRow>;
  private readonly typedPage: SqliteStatement<EventRow>;
  private readonly streamNames: SqliteStatement<{ stream: string }>;

  constructor(parts: { readonly database: SqliteDatabase; readonly logId: string }) {
    const { database } = parts;
    this.database = database;
    this.logId = parts.logId;
    const select = 'SELECT position, stream, revision, type, event_id AS eventId, data, metadata FROM events';
    this.streamPage = database.prepare(`${select} WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`);
    this.allPage = database.prepare(`${select} WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`);
    this.typedPage = database.prepare(
      `${select} WHERE position > ? AND position <= ? AND type IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?`,
    );
    this.streamNames = database.prepare('SELECT stream FROM events WHERE revision = 0');
  }

  /** @throws LogDamaged when a revision is missing or a row is not readable. */
  stream(
    stream: string,
    fromRevision: number,
    limit: number,
  ): { readonly events: readonly RecordedEvent[]; readonly complete: boolean } {
    const { rows, complete } = this.readPage(this.streamPage, [stream, fromRevision], Math.min(limit, PAGE_EVENTS));
    rows.forEach((row, index) => {
      const expected = fromRevision + index;
      if (row.revision !== expected) throw new LogDamaged(`Revision ${expected} is missing from stream ${stream}.`);
    });
    return { events: rows.map((row) => toEvent(this.logId, row)), complete };
  }

  /** Events after place `after`, up to `until` inclusive. @throws LogDamaged when the first place is missing. */
  all(after: number, until: number, types: readonly EventType[] | undefined): Page {
    if (types === undefined) {
      const { rows } = this.readPage(this.allPage, [after, until], PAGE_EVENTS);
      const through = after + rows.length;
      if (rows.length === 0 && after < until) throw new LogDamaged(`Position ${after + 1} is missing from the log.`);
      return { events: this.decode(rows, after + 1), through };
    }
    const end = Math.min(until, after + SCAN_PLACES);
    const { rows, complete } = this.readPage(this.typedPage, [after, end, JSON.stringify(types)], PAGE_EVENTS);
    const through = complete ? end : (rows.at(-1)?.position ?? end);
    return { events: this.decode(rows), through };
  }

  /** Names of all streams, sorted by UTF-16 code units, which SQLite cannot do. */
  streams(): string[] {
    return this.guarded(() => this.streamNames.all().map(({ stream }) => stream)).sort();
  }

  /** @param from place of the first row, where none may be missing. */
  private *decode(rows: readonly EventRow[], from?: number): Iterable<RecordedEvent> {
    for (const [index, row] of rows.entries()) {
      if (from !== undefined) requirePlace(row, from + index);
      yield toEvent(this.logId, row);
    }
  }

  private readPage(statement: SqliteStatement<EventRow>, values: readonly SqliteValue[], limit: number): RowPage {
    return this.guarded(() => {
      const rows: EventRow[] = [];
      let characters = 0;
      for (const row of statement.iterate(...values, limit)) {
        rows.push(row);
        characters += row.data.length + row.metadata.length;
        if (characters >= PAGE_CHARACTERS) return { rows, complete: false };
      }
      return { rows, complete: rows.length < limit };
    });
  }

  private guarded<T>(read: () => T): T {
    try {
      // Only a batch that could not even be rolled back leaves one open; what it wrote must not be seen.
      if (!this.database.isTransaction) return read();
    } catch (error) {
      throw new StoreUnavailable('The event log cannot be read.', { cause: error });
    }
    throw new StoreUnavailable('The event log cannot be read until it is opened again.');
  }
}

function requirePlace(row: EventRow, expected: number): void {
  if (row.position !== expected) throw new LogDamaged(`Position ${expected} is missing from the log.`);
}
