import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openSqlite,
  SQLITE_BUSY,
  sqliteErrorCode,
  StoreUnavailable,
  type SqliteDatabase,
} from '../../../src/eventstore';
import { connect } from '../../../src/eventstore/sqlite-driver/connect';
import { isSoundSqlite } from '../../../src/eventstore/sqlite-driver/sqlite-version';

describe('opening a SQLite database', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-sqlite-'));
    path = join(directory, 'some.db');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it.each([
    ['FULL', 2],
    ['NORMAL', 1],
  ] as const)('has WAL and synchronous %s at the first and at every later opening', (synchronous, value) => {
    for (let opening = 0; opening < 3; opening++) {
      const database = openSqlite({ path, synchronous });
      expect(setting(database, 'synchronous')).toBe(value);
      expect(setting(database, 'journal_mode')).toBe('wal');
      expect(setting(database, 'foreign_keys')).toBe(1);
      expect(setting(database, 'busy_timeout')).toBe(5000);
      database.exec('CREATE TABLE IF NOT EXISTS t (a)');
      database.close();
    }
  });

  it('uses a sound SQLite and prints no warning of its own, but keeps those of others', () => {
    const register = join(__dirname, '../../support/register-ts.cjs');
    const args = ['-r', register, join(__dirname, 'open-database.ts'), path];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(isSoundSqlite(stdout.trim())).toBe(true);
    expect(stderr).toContain('Warning: still heard');
    expect(stderr).not.toContain('ExperimentalWarning');
  });

  it('is refused when WAL cannot be had', () => {
    expect(() => openSqlite({ path: ':memory:', synchronous: 'FULL' })).toThrow(
      'The database :memory: has journal_mode memory where wal is needed.',
    );
  });

  it('is refused for a file that is no database and for a directory that does not exist', () => {
    writeFileSync(path, 'no database at all, but long enough to have a header of its own\n'.repeat(20));
    expect(() => openSqlite({ path, synchronous: 'FULL' })).toThrow(StoreUnavailable);
    expect(() => openSqlite({ path: join(directory, 'no', 'some.db'), synchronous: 'FULL' })).toThrow(StoreUnavailable);
  });

  it('reads without writing when it is opened read-only', () => {
    const writer = openSqlite({ path, synchronous: 'NORMAL' });
    writer.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)');
    const reader = openSqlite({ path, synchronous: 'NORMAL', readOnly: true });
    expect(reader.prepare<{ a: number }>('SELECT a FROM t').all()).toMatchObject([{ a: 1 }]);
    expect(() => reader.exec('INSERT INTO t VALUES (2)')).toThrow(/readonly/);
    reader.close();
    writer.close();
  });

  it('commits a transaction that returns and rolls back one that throws', () => {
    const database = openSqlite({ path, synchronous: 'NORMAL' });
    database.exec('CREATE TABLE t (a)');
    const insert = database.prepare('INSERT INTO t VALUES (?)');
    expect(database.transaction(() => insert.run('kept').changes)).toBe(1);
    expect(() =>
      database.transaction(() => {
        insert.run('lost');
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    expect(database.isTransaction).toBe(false);
    expect(database.prepare<{ a: string }>('SELECT a FROM t').all()).toMatchObject([{ a: 'kept' }]);
    database.close();
  });

  it('tells a busy database from other errors', () => {
    const holder = connect(path, { timeout: 0 });
    holder.exec('BEGIN EXCLUSIVE');
    const second = connect(path, { timeout: 0 });
    expect(errorCode(() => second.exec('BEGIN EXCLUSIVE'))).toBe(SQLITE_BUSY);
    expect(sqliteErrorCode(new Error('not from SQLite'))).toBeNull();
    second.close();
    holder.close();
  });
});

function setting(database: SqliteDatabase, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function errorCode(work: () => void): number | null {
  try {
    work();
  } catch (error) {
    return sqliteErrorCode(error);
  }
  return null;
}
