import { type RecordedEvent } from '../../domain';
import { chainFault, EMPTY_STREAM, type SqliteDatabase, type SqliteStatement, type StreamHead } from '../../eventstore';

/** Where each stream stands: an event that was skipped, changed or put in later breaks the chain and is noticed. */
export class StreamTable {
  private readonly seen: SqliteStatement<StreamHead>;
  private readonly note: SqliteStatement<unknown>;

  constructor(database: SqliteDatabase) {
    this.seen = database.prepare('SELECT revision, hash, occurred_at AS occurredAt FROM streams WHERE stream = ?');
    this.note = database.prepare(
      `INSERT INTO streams (stream, revision, hash, occurred_at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET revision = excluded.revision, hash = excluded.hash, occurred_at = excluded.occurred_at`,
    );
  }

  static create(database: SqliteDatabase): void {
    database.exec(`CREATE TABLE streams (
      stream TEXT PRIMARY KEY, revision INTEGER NOT NULL, hash TEXT NOT NULL, occurred_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`);
  }

  /** @throws Error when the event does not continue the hash chain of its stream. */
  follow(event: RecordedEvent): void {
    const fault = chainFault(this.seen.get(event.stream) ?? EMPTY_STREAM, event);
    if (fault !== null) throw new Error(fault);
    this.take(event);
  }

  /** As {@link follow}, for whoever has the chain checked elsewhere. */
  take(event: RecordedEvent): void {
    this.note.run(event.stream, event.revision, event.metadata.hash, event.metadata.occurredAt);
  }
}
