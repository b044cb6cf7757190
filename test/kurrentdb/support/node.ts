import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStore } from '../../../src/eventstore';
import { parseConnectionString } from '../../../src/eventstore/kurrentdb/connection-settings';
import { openKurrentDbEventStore } from '../../../src/eventstore/kurrentdb/open-kurrentdb-event-store';

/** The store as one node opens it, with a copy of its own. */
export interface TestNode {
  readonly path: string;
  /** Opens it, with the copy that it had before. */
  open(connectionString: string): Promise<EventStore>;
  /** Closes what was opened, and removes the copy. */
  dispose(): Promise<void>;
}

export function testNode(prefix = 'slipway-'): TestNode {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-node-'));
  const opened: EventStore[] = [];
  const path = join(directory, 'events.db');
  return {
    path,
    open: async (connectionString) => {
      const connection = parseConnectionString(connectionString);
      const store = await openKurrentDbEventStore({ connection, path, prefix });
      opened.push(store);
      return store;
    },
    dispose: async () => {
      for (const store of opened) await store.close();
      rmSync(directory, { recursive: true });
    },
  };
}
