import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStore } from '../../../src/eventstore';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { eventStoreContract } from '../event-store.contract';

eventStoreContract('SQLite', () => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-events-'));
  const opened: EventStore[] = [];
  const open = (file: string): EventStore => {
    const store = openSqliteEventStore({ path: join(directory, file) });
    opened.push(store);
    return store;
  };
  const store = open('events.db');
  return Promise.resolve({
    store,
    reopen: async () => {
      await store.close();
      return open('events.db');
    },
    another: () => Promise.resolve(open('other.db')),
    dispose: async () => {
      for (const each of opened) await each.close();
      rmSync(directory, { recursive: true });
    },
  });
});
