import { InvalidAppend, StoreUnavailable, WrongExpectedRevision } from '../errors';
import { type ExpectedRevision } from '../event-store';
import {
  SQLITE_BUSY,
  SQLITE_FULL,
  SQLITE_LOCKED,
  sqliteErrorCode,
  type SqliteDatabase,
} from '../sqlite-driver/sqlite-database';
import { type NewRow } from './event-row';

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly rows: readonly NewRow[];
}

/** Revision and place of the last event of an append. */
export interface Appended {
  readonly revision: number;
  readonly place: number;
}

interface Waiting {
  readonly append: Append;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: appends that arrive in one turn of the event loop share one transaction, and one sync of the disk. Each
 * is decided by itself; a refused one does not touch the others.
 *
 * After an error that leaves the disk's state in doubt nothing more is written: a later sync may succeed although the
 * data of the failed one is gone. Only opening the log again shows what it holds.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private refusal: StoreUnavailable | null = null;
  private head: number;
  private readonly log: ReturnType<typeof prepareLog>;
  private readonly database: SqliteDatabase;
  private readonly onCommit: (head: number) => void;

  /** `head` is the place of the log's last event; `onCommit` hears of each new one once it is durable. */
  constructor(parts: {
    readonly database: SqliteDatabase;
    readonly head: number;
    readonly onCommit: (head: number) => void;
  }) {
    this.database = parts.database;
    this.onCommit = parts.onCommit;
    this.head = parts.head;
    this.log = prepareLog(parts.database);
  }

  push(append: Append): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.refusal !== null) {
        reject(this.refusal);
        return;
      }
      if (this.waiting.length === 0) setImmediate(() => this.flush());
      this.waiting.push({ append, resolve, reject });
    });
  }

  /** Why nothing more is written; null while it is. */
  stopped(): string | null {
    return this.refusal?.message ?? null;
  }

  /** Writes what waits, now; refuses everything after it. */
  close(): void {
    this.flush();
    this.refusal ??= new StoreUnavailable('The event log is closed.');
  }

  private flush(): void {
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length === 0) return;
    let outcome: { readonly answers: (() => void)[]; readonly head: number };
    try {
      outcome = this.database.transaction(() => this.decideAll(batch));
    } catch (error) {
      const refusal = this.refusalOf(error);
      for (const { reject } of batch) reject(refusal);
      return;
    }
    const moved = outcome.head > this.head;
    this.head = outcome.head;
    for (const answer of outcome.answers) answer();
    if (moved) this.onCommit(this.head);
  }

  /** What to answer once the batch is durable: nothing is said before. */
  private decideAll(batch: readonly Waiting[]): { answers: (() => void)[]; head: number } {
    let head = this.head;
    const answers = batch.map(({ append, resolve, reject }) => {
      const refusal = this.refuse(append);
      if (refusal !== null) {
        const first = this.appendedBefore(append);
        return first === null ? () => reject(refusal) : () => resolve(first);
      }
      for (const row of append.rows) this.log.insert(++head, row);
      const appended = { revision: lastOf(append.rows).revision, place: head };
      return () => resolve(appended);
    });
    return { answers, head };
  }

  private refuse({ stream, expected, rows }: Append): Error | null {
    const actual = this.log.lastRevision(stream) ?? 'no_stream';
    if (actual !== expected) return new WrongExpectedRevision(stream, expected, actual);
    const taken = rows.find((row) => this.log.findEvent(row.eventId) !== undefined);
    return taken === undefined ? null : new InvalidAppend(stream, `event id ${taken.eventId} is taken.`);
  }

  /** The first answer to this very append, when all of its events stand where it wants them. */
  private appendedBefore({ rows }: Append): Appended | null {
    let last: Appended | null = null;
    for (const row of rows) {
      const event = this.log.findEvent(row.eventId);
      if (event?.stream !== row.stream || event.revision !== row.revision) return null;
      last = { revision: event.revision, place: event.position };
    }
    return last;
  }

  private refusalOf(error: unknown): StoreUnavailable {
    const code = sqliteErrorCode(error);
    if (code === SQLITE_FULL || code === SQLITE_BUSY || code === SQLITE_LOCKED) {
      return new StoreUnavailable('The event log could not be written; nothing was.', { cause: error });
    }
    this.refusal = new StoreUnavailable(
      'The event log could not be written and takes no more events until it is opened again.',
      {
        cause: error,
      },
    );
    return this.refusal;
  }
}

function lastOf<T>(rows: readonly T[]): T {
  const last = rows.at(-1);
  if (last === undefined) throw new RangeError('An append without an event.');
  return last;
}

interface Placed {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

/** The statements of an append, compiled once. */
function prepareLog(database: SqliteDatabase) {
  const last = database.prepare<{ revision: number | null }>(
    'SELECT max(revision) AS revision FROM events WHERE stream = ?',
  );
  const byId = database.prepare<Placed>('SELECT stream, revision, position FROM events WHERE event_id = ?');
  const insert = database.prepare(
    'INSERT INTO events (position, stream, revision, type, event_id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    lastRevision: (stream: string): number | null => last.get(stream)?.revision ?? null,
    findEvent: (eventId: string): Placed | undefined => byId.get(eventId),
    insert: (position: number, row: NewRow): void => {
      insert.run(position, row.stream, row.revision, row.type, row.eventId, row.data, row.metadata);
    },
  };
}
