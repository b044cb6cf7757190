import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite, StoreUnavailable, type EventStore, type SqliteDatabase } from '../../../src/eventstore';
import { openSqliteEventStore, SqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { sealed, sealedRun, tagged } from '../sealed-events';

describe('an append that the disk does not take', () => {
  let directory: string;
  let database: SqliteDatabase;
  let store: EventStore;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-faults-'));
    database = openSqlite({ path: join(directory, 'events.db'), synchronous: 'FULL' });
  });
  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });

  it('is refused when the disk is full, and a later one is taken when there is room again', async () => {
    store = new SqliteEventStore({ database, newLogId: () => 'log' });
    const [first, second] = sealedRun('package-a', 2);
    await store.append('package-a', 'no_stream', [first!]);
    database.exec('PRAGMA max_page_count = 20');
    const large = sealed('package-b', null, [tagged('x'.repeat(500_000))]);
    const [refused, alsoRefused] = await Promise.allSettled([
      store.append('package-b', 'no_stream', large),
      store.append('package-a', 0, [second!]),
    ]);
    expect(refused).toMatchObject({ reason: { name: 'StoreUnavailable', cause: { errcode: 13 } } });
    expect(alsoRefused).toMatchObject({ reason: { name: 'StoreUnavailable' } });
    expect(await count(store)).toBe(1);
    expect(store.status().stopped).toBeNull();

    database.exec('PRAGMA max_page_count = 100000');
    await store.append('package-b', 'no_stream', large);
    await store.append('package-a', 0, [second!]);
    expect(await count(store)).toBe(3);
  });

  it('stops all writing when a commit fails in an unknown way; what was durable can still be read', async () => {
    const fault = { pending: false };
    store = new SqliteEventStore({ database: failingAtCommit(database, fault), newLogId: () => 'log' });
    const [first, second] = sealedRun('package-a', 2);
    await store.append('package-a', 'no_stream', [first!]);
    expect(store.status().stopped).toBeNull();
    fault.pending = true;
    await expect(store.append('package-a', 0, [second!])).rejects.toMatchObject({
      name: 'StoreUnavailable',
      cause: { message: 'disk I/O error' },
    });
    await expect(store.append('package-a', 0, [second!])).rejects.toThrow(StoreUnavailable);
    await expect(store.append('package-b', 'no_stream', sealedRun('package-b', 1))).rejects.toThrow(StoreUnavailable);
    expect(store.status().stopped).toMatch(/takes no more events until it is opened again/);
    expect(await count(store)).toBe(1);
    expect(await store.head()).toBe('log-0000000000000001');
  });
});

it('brings to disk what a killed process left before anything is read: it may never have been synced', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-faults-'));
  try {
    const [event] = sealedRun('package-a', 1);
    const killed = openSqliteEventStore({ path: join(directory, 'killed.db') });
    await killed.append('package-a', 'no_stream', [event!]);
    for (const end of ['', '-wal']) cpSync(join(directory, `killed.db${end}`), join(directory, `left.db${end}`));
    await killed.close();

    const next = openSqliteEventStore({ path: join(directory, 'left.db') });
    cpSync(join(directory, 'left.db'), join(directory, 'alone.db')); // without the write-ahead log
    await next.close();
    const alone = openSqliteEventStore({ path: join(directory, 'alone.db') });
    expect(await count(alone)).toBe(1);
    await alone.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});

/** The real database, but the next commit after `fault.pending` is set fails as it does when the disk's sync fails. */
function failingAtCommit(database: SqliteDatabase, fault: { pending: boolean }): SqliteDatabase {
  return {
    get isTransaction() {
      return database.isTransaction;
    },
    exec: (sql) => database.exec(sql),
    prepare: (sql) => database.prepare(sql),
    close: () => database.close(),
    transaction: (work) =>
      database.transaction(() => {
        const result = work();
        if (!fault.pending) return result;
        fault.pending = false;
        throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 1034 });
      }),
  };
}

async function count(store: EventStore): Promise<number> {
  let events = 0;
  for await (const _ of store.readAll()) events++;
  return events;
}
