import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStore } from '../../../../src/eventstore';
import { parseConnectionString } from '../../../../src/eventstore/kurrentdb/connection-settings';
import { type Deadlines } from '../../../../src/eventstore/kurrentdb/deadlines';
import { openKurrentDbEventStore } from '../../../../src/eventstore/kurrentdb/open-kurrentdb-event-store';
import { type ContractLog } from '../../event-store.contract';

/** A log of its own on a server: a prefix that nobody else has. */
export async function contractLog(connectionString: string, deadlines?: Partial<Deadlines>): Promise<ContractLog> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-events-'));
  const opened: EventStore[] = [];
  const open = async (prefix: string): Promise<EventStore> => {
    const connection = parseConnectionString(connectionString);
    const store = await openKurrentDbEventStore({
      connection,
      path: join(directory, `${prefix}.db`),
      prefix,
      ...(deadlines === undefined ? {} : { deadlines }),
    });
    opened.push(store);
    return store;
  };
  const newPrefix = (): string => `t${randomBytes(6).toString('hex')}-`;
  const prefix = newPrefix();
  const store = await open(prefix);
  return {
    store,
    reopen: async () => {
      await store.close();
      return open(prefix);
    },
    another: () => open(newPrefix()),
    dispose: async () => {
      for (const each of opened) await each.close();
      rmSync(directory, { recursive: true });
    },
  };
}
