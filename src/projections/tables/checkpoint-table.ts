import { type Position, type RecordedEvent } from '../../domain';
import { type SqliteDatabase } from '../../eventstore';

/** The last event that the tables contain. */
export interface Checkpoint {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly hash: string;
}

/** What the tables are made from, and by which versions of their projections. */
export interface Identity {
  readonly logId: string;
  readonly versions: string;
}

/** The one row that says how far the tables have come. */
export class CheckpointTable {
  constructor(private readonly database: SqliteDatabase) {
    database.exec(CREATE);
  }

  identity(): Identity | null {
    return readIdentity(this.database);
  }

  last(): Checkpoint | null {
    return readCheckpoint(this.database);
  }

  set({ position, stream, revision, metadata }: RecordedEvent): void {
    const sql = 'UPDATE checkpoint SET position = ?, stream = ?, revision = ?, hash = ?';
    this.database.prepare(sql).run(position, stream, revision, metadata.hash);
  }

  /** Makes the table anew, before the first event. */
  begin({ logId, versions }: Identity): void {
    this.database.exec(`DROP TABLE IF EXISTS checkpoint; ${CREATE}`);
    this.database.prepare('INSERT INTO checkpoint (one, log_id, versions) VALUES (1, ?, ?)').run(logId, versions);
  }
}

/** What the tables of a database are made from; null before the first start. Throws the driver's errors. */
export function readIdentity(database: SqliteDatabase): Identity | null {
  return database.prepare<Identity>('SELECT log_id AS logId, versions FROM checkpoint').get() ?? null;
}

/** The last event that the tables of a database contain. Throws the driver's errors. */
export function readCheckpoint(database: SqliteDatabase): Checkpoint | null {
  const sql = 'SELECT position, stream, revision, hash FROM checkpoint WHERE position IS NOT NULL';
  return database.prepare<Checkpoint>(sql).get() ?? null;
}

const CREATE = `
  CREATE TABLE IF NOT EXISTS checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1), log_id TEXT NOT NULL, versions TEXT NOT NULL,
    position TEXT, stream TEXT, revision INTEGER, hash TEXT
  ) STRICT`;
