import { StoreUnavailable } from '../errors';
import { connect } from './connect';
import { type SqliteDatabase } from './sqlite-database';

export interface OpenSqliteOptions {
  /** File of the database; made when it does not exist. Its directory must. */
  readonly path: string;
  /** FULL survives a power cut with every committed transaction; NORMAL may lose the last ones: for what can be rebuilt. */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly readOnly?: boolean;
}

const SYNCHRONOUS = { NORMAL: 1, FULL: 2 } as const;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens a database in WAL mode with foreign keys enforced. The settings that durability rests on are read back: drivers
 * are compiled with defaults of their own, and SQLite ignores what it cannot do without an error.
 *
 * @throws StoreUnavailable when the file cannot be opened, a setting does not hold, or no sound SQLite is at hand.
 */
export function openSqlite(options: OpenSqliteOptions): SqliteDatabase {
  const { path, synchronous, readOnly = false } = options;
  const database = attempt(path, () => connect(path, { readOnly, timeout: BUSY_TIMEOUT_MS }));
  try {
    return attempt(path, () => {
      if (!readOnly) database.exec('PRAGMA journal_mode = WAL');
      database.exec(`PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON`);
      requireSetting(database, path, 'journal_mode', 'wal');
      requireSetting(database, path, 'synchronous', SYNCHRONOUS[synchronous]);
      return database;
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

function attempt<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    throw new StoreUnavailable(`The database ${path} cannot be opened.`, { cause: error });
  }
}

function requireSetting(database: SqliteDatabase, path: string, name: string, wanted: string | number): void {
  const actual = database.prepare(`PRAGMA ${name}`).get()?.[name];
  if (actual !== wanted) {
    throw new StoreUnavailable(`The database ${path} has ${name} ${String(actual)} where ${wanted} is needed.`);
  }
}
