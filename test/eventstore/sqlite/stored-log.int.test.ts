import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  LogDamaged,
  openSqlite,
  StoreUnavailable,
  type EventStore,
  type SqliteDatabase,
} from '../../../src/eventstore';
import { openSqliteEventStore, SqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { sealed, sealedRun, tagged } from '../sealed-events';

describe('the file of the event log', () => {
  let directory: string;
  let path: string;
  let database: SqliteDatabase;
  let store: EventStore;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-log-'));
    path = join(directory, 'events.db');
    database = openSqlite({ path, synchronous: 'FULL' });
    store = new SqliteEventStore({ database, newLogId: () => '0123456789ab' });
    await store.append('package-a', 'no_stream', sealedRun('package-a', 3));
  });
  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });

  it.each([
    "UPDATE events SET type = 'Staged'",
    'DELETE FROM events WHERE position = 3',
    "INSERT OR REPLACE INTO events VALUES (1, 'package-a', 0, 'Tagged', 'other', '{}', '{}')",
    "UPDATE log SET value = 'other'",
    'DELETE FROM log',
  ])('refuses %s', async (sql) => {
    expect(() => database.exec(sql)).toThrow(/append only|keeps its identity/);
    expect(await all(store)).toHaveLength(3);
  });

  it('numbers events from 1 without a gap, under the id of the log', async () => {
    expect((await all(store)).map((event) => event.position)).toEqual([
      '0123456789ab-0000000000000001',
      '0123456789ab-0000000000000002',
      '0123456789ab-0000000000000003',
    ]);
  });

  it('refuses an event id that another stream has, without touching appends of the same moment', async () => {
    const newEventId = () => 'taken';
    await store.append('package-b', 'no_stream', sealed('package-b', null, [tagged()], { newEventId }));
    const [refused, taken] = await Promise.allSettled([
      store.append('package-c', 'no_stream', sealed('package-c', null, [tagged()], { newEventId })),
      store.append('package-d', 'no_stream', sealedRun('package-d', 1)),
    ]);
    expect(refused).toMatchObject({ reason: { name: 'InvalidAppend', stream: 'package-c' } });
    expect(taken).toMatchObject({ status: 'fulfilled' });
    expect(await collect(store.streams())).toEqual(['package-a', 'package-b', 'package-d']);
  });

  it('gives each new log an id of its own', async () => {
    const other = openSqliteEventStore({ path: join(directory, 'other.db') });
    const another = openSqliteEventStore({ path: join(directory, 'another.db') });
    expect(other.logId).toMatch(/^[0-9a-f]{12}$/);
    expect(another.logId).not.toBe(other.logId);
    await other.close();
    await another.close();
  });

  it('is not served when a row in the middle is missing', async () => {
    tamper('DELETE FROM events WHERE position = 2');
    await expect(all(store)).rejects.toThrow(LogDamaged);
    await expect(collect(store.readStream('package-a'))).rejects.toThrow(
      'Revision 1 is missing from stream package-a.',
    );
    await store.close();
    expect(() => openSqliteEventStore({ path })).toThrow(LogDamaged);
  });

  it.each(['{"half":', 'null', '"text"'])('is not served when the data of an event reads %s', async (data) => {
    tamper(`UPDATE events SET data = '${data}' WHERE position = 2`);
    await expect(collect(store.readStream('package-a'))).rejects.toThrow('Event package-a@1 is not readable.');
    await expect(all(store)).rejects.toThrow(LogDamaged);
  });

  it('is not served when an event is kept under the id of another one, by which a retry would find it', async () => {
    tamper("UPDATE events SET event_id = 'other' WHERE position = 2");
    await expect(all(store)).rejects.toThrow('Event package-a@1 is kept under an id that is not its own.');
    await expect(collect(store.readStream('package-a'))).rejects.toThrow(LogDamaged);
  });

  it('is not taken from a database of something else, nor from a newer format', () => {
    const other = join(directory, 'other.db');
    const foreign = openSqlite({ path: other, synchronous: 'FULL' });
    foreign.exec('CREATE TABLE things (name TEXT)');
    expect(() => openSqliteEventStore({ path: other })).toThrow(StoreUnavailable);
    foreign.exec("CREATE TABLE log (key TEXT, value TEXT); INSERT INTO log VALUES ('format', '2')");
    expect(() => openSqliteEventStore({ path: other })).toThrow(/format 2/);
    foreign.close();
  });

  function tamper(sql: string): void {
    database.exec(`DROP TRIGGER events_keep_update; DROP TRIGGER events_keep_delete; ${sql}`);
  }
});

function all(store: EventStore) {
  return collect(store.readAll());
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
