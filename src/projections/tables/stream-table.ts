import { type RecordedEvent } from '../../domain';
import { type SqliteDatabase, type SqliteStatement } from '../../eventstore';

/** How far each stream has been seen: a subscription that skips an event is noticed by the gap. */
export class StreamTable {
  private readonly seen: SqliteStatement<{ revision: number }>;
  private readonly note: SqliteStatement<unknown>;

  constructor(database: SqliteDatabase) {
    this.seen = database.prepare('SELECT revision FROM streams WHERE stream = ?');
    this.note = database.prepare(
      'INSERT INTO streams (stream, revision) VALUES (?, ?) ON CONFLICT DO UPDATE SET revision = excluded.revision',
    );
  }

  static create(database: SqliteDatabase): void {
    database.exec('CREATE TABLE streams (stream TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID');
  }

  /** @throws Error when the event is not the next of its stream. */
  follow({ stream, revision }: RecordedEvent): void {
    const expected = (this.seen.get(stream)?.revision ?? -1) + 1;
    if (revision !== expected) throw new Error(`Revision ${expected} should come next.`);
    this.note.run(stream, revision);
  }
}
