import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryInUse, StoreUnavailable } from '../errors';
import { connect } from '../sqlite-driver/connect';
import { SQLITE_BUSY, sqliteErrorCode, type SqliteDatabase } from '../sqlite-driver/sqlite-database';

export interface DataDirectoryLock {
  release(): void;
}

/**
 * Takes an existing data directory for this process, until release or the end of the process: the lock is an open
 * transaction, which the system ends with its holder, so that none is ever stale.
 *
 * @throws DataDirectoryInUse when another process has it.
 * @throws StoreUnavailable when the directory is missing or cannot be written.
 */
export function lockDataDirectory(directory: string): DataDirectoryLock {
  const pidFile = join(directory, 'lock.pid');
  const database = takeLock(directory, pidFile);
  return {
    release: () => {
      rmSync(pidFile, { force: true });
      database.close();
    },
  };
}

function takeLock(directory: string, pidFile: string): SqliteDatabase {
  let database: SqliteDatabase | null = null;
  try {
    database = connect(join(directory, 'lock.db'), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    // For the message of whoever comes second; the lock does not depend on it.
    writeFileSync(pidFile, `${process.pid}\n`);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof StoreUnavailable) throw error;
    const inUse = sqliteErrorCode(error) === SQLITE_BUSY;
    if (inUse) throw new DataDirectoryInUse(directory, readPid(pidFile), { cause: error });
    throw new StoreUnavailable(`The data directory ${directory} cannot be locked.`, { cause: error });
  }
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isSafeInteger(pid) ? pid : null;
  } catch {
    return null; // The holder has not written it yet: the message does without.
  }
}
