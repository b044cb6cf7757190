import { LogDamaged, LogKeptElsewhere, StoreUnavailable } from '../errors';
import { type SqliteDatabase } from '../sqlite-driver/sqlite-database';

const FORMAT = '1';

/** What a file is: a log itself, or a node's copy of one that is kept elsewhere, which may be made anew at any time. */
export type Holds = 'log' | 'copy';

// `position` is given by the store, 1, 2, 3 .. without gaps: SQLite's own numbering does not promise that.
const SCHEMA = `
  CREATE TABLE log (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY CHECK (position > 0),
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0),
    type TEXT NOT NULL,
    event_id TEXT NOT NULL UNIQUE,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE INDEX streams ON events (stream) WHERE revision = 0;
  CREATE TRIGGER events_keep_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append only'); END;
  CREATE TRIGGER events_keep_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append only'); END;
  CREATE TRIGGER log_keep_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log keeps its identity'); END;
  CREATE TRIGGER log_keep_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log keeps its identity'); END;
`;

export interface LogState {
  readonly logId: string;
  /** Place of the last event; 0 when there is none. */
  readonly head: number;
}

/**
 * Makes the tables of a new log, under the id that `newLogId` gives, or reads where an existing one stands.
 *
 * @throws StoreUnavailable for a database that is no event log, holds another kind of one, or one of a newer Slipway;
 *   LogKeptElsewhere for a copy where the log itself is wanted.
 * @throws LogDamaged when positions are missing.
 */
export function openLog(
  database: SqliteDatabase,
  { holds, newLogId }: { readonly holds: Holds; readonly newLogId: () => string },
): LogState {
  // Without it, INSERT OR REPLACE would delete a row past the triggers.
  database.exec('PRAGMA recursive_triggers = ON');
  database.transaction(() => {
    if (hasTable(database, 'log')) return;
    if (hasTable(database, null)) throw new StoreUnavailable('The database is no event log: it holds something else.');
    createLog(database, { holds, logId: newLogId() });
  });
  requireHolds(database, holds);
  const state = readLogState(database);
  if (state.head !== countEvents(database)) throw new LogDamaged('Positions are missing from the event log.');
  return state;
}

/**
 * Makes durable what was found in the log. A process that was killed, or whose sync failed, may have left events that can be
 * read and are not on disk; after a failed sync the system takes their pages for written, so they are written anew.
 *
 * @throws StoreUnavailable when another program keeps reading an old state of the log.
 */
export function bringToDisk(database: SqliteDatabase): void {
  const ended = database.prepare<{ busy: number }>('PRAGMA wal_checkpoint(FULL)').get();
  if (ended?.busy !== 0) {
    throw new StoreUnavailable('The event log cannot be brought to disk: another program reads an old state of it.');
  }
}

/** Where an existing log stands. Events that are missing before its end are met by whoever reads them. @throws StoreUnavailable */
export function readLogState(database: SqliteDatabase): LogState {
  if (!hasTable(database, 'log')) throw new StoreUnavailable('The database is no event log: it holds something else.');
  const format = logValue(database, 'format');
  if (format !== FORMAT) {
    throw new StoreUnavailable(`The event log has format ${format}; this version of Slipway reads format ${FORMAT}.`);
  }
  return { logId: logValue(database, 'logId'), head: readHead(database) };
}

/** Whether there is this table, or with null any at all. */
function hasTable(database: SqliteDatabase, name: string | null): boolean {
  const sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = coalesce(?, name) LIMIT 1";
  return database.prepare(sql).get(name) !== undefined;
}

function createLog(database: SqliteDatabase, { holds, logId }: { holds: Holds; logId: string }): void {
  database.exec(SCHEMA);
  const insert = database.prepare('INSERT INTO log (key, value) VALUES (?, ?)');
  insert.run('format', FORMAT);
  insert.run('logId', logId);
  if (holds === 'copy') insert.run('holds', holds);
}

/** A copy that is written to as a log, or the other way round, would be two logs of one name. */
function requireHolds(database: SqliteDatabase, wanted: Holds): void {
  const row = database.prepare<{ value: string }>("SELECT value FROM log WHERE key = 'holds'").get();
  const holds = row === undefined ? 'log' : row.value;
  if (holds === wanted) return;
  if (wanted === 'log') {
    throw new LogKeptElsewhere(
      'This data directory follows a KurrentDB: start it with the same --event-store or SLIPWAY_EVENT_STORE.',
    );
  }
  throw new StoreUnavailable(
    'This data directory has an event log of its own: begin with a new one, or move its events with slipway copy-events.',
  );
}

function logValue(database: SqliteDatabase, key: string): string {
  const row = database.prepare<{ value: string }>('SELECT value FROM log WHERE key = ?').get(key);
  if (row === undefined) throw new StoreUnavailable(`The database is no event log: it does not say its ${key}.`);
  return row.value;
}

function readHead(database: SqliteDatabase): number {
  const sql = 'SELECT coalesce(max(position), 0) AS head FROM events';
  return database.prepare<{ head: number }>(sql).get()?.head ?? 0;
}

function countEvents(database: SqliteDatabase): number {
  return database.prepare<{ events: number }>('SELECT count(*) AS events FROM events').get()?.events ?? 0;
}
