import { rmSync } from 'node:fs';
import { openSqlite, sqliteErrorCode, type SqliteDatabase } from '../../eventstore';

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/**
 * Opens the file of the read model; one that is damaged is put away and made anew, for everything in it can be.
 *
 * @throws StoreUnavailable when it cannot be opened for another reason.
 */
export function openTables(path: string): SqliteDatabase {
  try {
    return openSound(path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return openSound(path);
  }
}

function openSound(path: string): SqliteDatabase {
  const database = openSqlite({ path, synchronous: 'NORMAL' });
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  const code = sqliteErrorCode(error) ?? sqliteErrorCode(error instanceof Error ? error.cause : undefined);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
