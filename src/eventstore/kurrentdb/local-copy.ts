import { type Position as ServerPosition } from '@eventstore/db-client';
import { LogDamaged, StoreUnavailable } from '../errors';
import { openSqlite } from '../sqlite-driver/open-sqlite';
import { type SqliteDatabase } from '../sqlite-driver/sqlite-database';
import { type NewRow } from '../sqlite/event-row';
import { LiveLog } from '../sqlite/live-log';
import { openLog } from '../sqlite/log-schema';
import { wordsOf } from './failure';

// Positions of the server are 64 bits wide: more than a number holds.
const CHECKPOINT = `
  CREATE TABLE IF NOT EXISTS checkpoint (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    commit_position TEXT NOT NULL,
    prepare_position TEXT NOT NULL
  ) STRICT
`;

/** Behind the id of an event whose id was there before it, followed by its place. */
const AGAIN = ' again at ';

/** What the server puts at the end of a stream that is deleted for good. */
const TOMBSTONE = '$streamDeleted';

/** Where an event stands. */
export interface Placed {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
}

/**
 * A node's own copy of the shared log, in the form of an embedded one, so that everything that reads a log reads it. Its
 * places count the events of our streams in the order of the server's `$all`: they are the same in every copy. It may be
 * deleted while nobody has it open: it is fetched again.
 */
export interface LocalCopy {
  readonly logId: string;
  readonly log: LiveLog;
  /** Up to here, inclusive, the server's `$all` has been read; null before its first event. */
  checkpoint(): ServerPosition | null;
  /** Takes events that stand behind the checkpoint, in order, and the checkpoint up to which they reach. @throws LogDamaged */
  take(rows: readonly NewRow[], checkpoint: ServerPosition): void;
  /** Last revision of a stream; -1 when it has none here. */
  lastRevision(stream: string): number;
  /** Place of an event in this log. */
  placeOf(stream: string, revision: number): number | null;
  findEvent(eventId: string): Placed | null;
  /** The last event of the log; null when there is none. */
  last(): Placed | null;
  close(): void;
}

/**
 * Opens or begins the copy of the log that a server holds under a prefix; with null, of a server that holds none there, which no existing copy fits.
 * @throws StoreUnavailable when the file cannot be used, holds something else, or a copy of another log.
 */
export function openLocalCopy({ path, logId, prefix }: CopyOptions): LocalCopy {
  let database: SqliteDatabase | null = null;
  try {
    database = openSqlite({ path, synchronous: 'NORMAL' });
    return localCopy(database, { path, logId, prefix });
  } catch (error) {
    database?.close();
    const cause = error instanceof StoreUnavailable ? error.cause : error;
    if (cause === undefined || error instanceof LogDamaged) throw error;
    // Without a cause: it is no fault of the server, which is asked for reasons otherwise.
    throw new StoreUnavailable(
      `${path}, the copy of the log on this node, cannot be used (${wordsOf(cause)}). See that there is room and that it may be written; ` +
        `if it is damaged, delete ${path}* and start again: it is fetched anew.`,
    );
  }
}

/** What a copy is of, and where it is. */
export interface CopyOptions {
  readonly path: string;
  readonly logId: string | null;
  readonly prefix: string;
}

function localCopy(database: SqliteDatabase, { path, logId, prefix }: CopyOptions): LocalCopy {
  const state = openLog(database, { holds: 'copy', newLogId: () => logId ?? 'none' });
  if (state.logId !== logId) {
    const other = logId === null ? 'no log: it was set back, or server or prefix are others' : `log ${logId}`;
    throw new StoreUnavailable(
      `${path} is a copy of log ${state.logId}, but under the prefix ${prefix} the server holds ${other}. ` +
        'Start with the right server and SLIPWAY_EVENT_STORE_PREFIX, or with a new data directory.',
    );
  }
  database.exec(CHECKPOINT);
  const log = new LiveLog({ database, ...state });
  const statements = prepare(database);
  const lastRevision = (stream: string): number => statements.last.get(stream)?.revision ?? -1;

  return {
    logId,
    log,
    checkpoint: () => {
      const row = statements.readCheckpoint.get();
      return row === undefined ? null : { commit: BigInt(row.commit), prepare: BigInt(row.prepare) };
    },
    take: (rows, { commit, prepare: prepared }) => {
      let place = log.place;
      database.transaction(() => {
        for (const row of rows) {
          requireNext(row, lastRevision(row.stream));
          const { stream, revision, type, data, metadata } = row;
          // The server stores an id twice where somebody sends it again: such an event is kept as the damage that it is.
          const isFirst = statements.byId.get(row.eventId) === undefined;
          const eventId = isFirst ? row.eventId : `${row.eventId}${AGAIN}${String(place + 1)}`;
          statements.insert.run(++place, stream, revision, type, eventId, data, metadata);
        }
        statements.writeCheckpoint.run(String(commit), String(prepared));
      });
      if (place > log.place) log.moveTo(place);
    },
    lastRevision,
    placeOf: (stream, revision) => statements.place.get(stream, revision)?.position ?? null,
    findEvent: (eventId) => statements.byId.get(eventId) ?? null,
    last: () => {
      const last = statements.end.get();
      return last === undefined ? null : { ...last, eventId: last.eventId.split(AGAIN, 1)[0] ?? '' };
    },
    close: () => database.close(),
  };
}

function requireNext({ stream, revision, type }: NewRow, last: number): void {
  if (revision === last + 1) return;
  if (type === TOMBSTONE) throw new LogDamaged(`Stream ${stream} was deleted on the server. Restore it from a backup.`);
  throw new LogDamaged(
    `Revision ${String(last + 1)} is missing from stream ${stream}: the server gave ${String(revision)}.`,
  );
}

/** The statements, compiled once. */
function prepare(database: SqliteDatabase) {
  const placed = 'SELECT stream, revision, event_id AS eventId FROM events';
  return {
    insert: database.prepare(
      'INSERT INTO events (position, stream, revision, type, event_id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    last: database.prepare<{ revision: number | null }>(
      'SELECT max(revision) AS revision FROM events WHERE stream = ?',
    ),
    place: database.prepare<{ position: number }>('SELECT position FROM events WHERE stream = ? AND revision = ?'),
    byId: database.prepare<Placed>(`${placed} WHERE event_id = ?`),
    end: database.prepare<Placed>(`${placed} ORDER BY position DESC LIMIT 1`),
    readCheckpoint: database.prepare<{ commit: string; prepare: string }>(
      'SELECT commit_position AS "commit", prepare_position AS "prepare" FROM checkpoint',
    ),
    writeCheckpoint: database.prepare(
      'INSERT OR REPLACE INTO checkpoint (id, commit_position, prepare_position) VALUES (1, ?, ?)',
    ),
  };
}
