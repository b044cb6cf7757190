import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { type Position } from '../../../src/domain';
import { placeNumber } from '../../../src/eventstore';
import { parseConnectionString } from '../../../src/eventstore/kurrentdb/connection-settings';
import { openKurrentDbEventStore } from '../../../src/eventstore/kurrentdb/open-kurrentdb-event-store';
import { createProjections } from '../../../src/projections';

/** How the read models of a node are followed, as JSON in the first argument. */
export interface SlowReadModels {
  readonly connection: string;
  readonly prefix: string;
  /** Of the copy of the log, and of the read model. */
  readonly directory: string;
  /** Events of the burst: the first commit of rows takes until the node has them all, and with the last of them it ends. */
  readonly total: number;
  /** Milliseconds that each commit takes longer. */
  readonly pauseMs: number;
}

/** What was seen while it followed. Memory is what is left after a collection: heap and what is held outside of it, in MiB. */
export interface Followed {
  readonly position: Position | null;
  readonly stopped: string | null;
  /** Events that the node had and its read models did not, where that was most. */
  readonly mostBehind: number;
  readonly commits: number;
  readonly memory: { readonly atStart: number; readonly most: number };
  /** Subscriptions that were begun at the server: 1, and one for each time that the server dropped it. */
  readonly subscriptions: number;
}

/** Follows a log into the read models of a node, slowly, and ends with the last event. Prints `ready`, then what was seen. */
async function follow({ connection, prefix, directory, pauseMs, total }: SlowReadModels): Promise<void> {
  const subscriptions = countSubscriptions();
  const path = join(directory, 'events.db');
  const store = await openKurrentDbEventStore({ connection: parseConnectionString(connection), path, prefix });
  const seen = { commits: 0, mostBehind: 0 };
  let all = (): void => undefined;
  const allSeen = new Promise<void>((resolve) => (all = resolve));
  const committed = async (position: Position): Promise<void> => {
    seen.commits++;
    const place = placeNumber(store, position);
    let head: number;
    do {
      await pause(pauseMs);
      head = placeNumber(store, await store.head());
    } while (head < total);
    seen.mostBehind = Math.max(seen.mostBehind, head - place);
    if (place === total) all();
  };
  const projections = createProjections({ path: join(directory, 'read-model.db'), store, committed });
  await projections.start();
  const memory = { atStart: memoryInUse(), most: 0 };
  const watching = setInterval(() => (memory.most = Math.max(memory.most, memoryInUse())), 1_000);
  process.stdout.write('ready\n');
  await allSeen;
  clearInterval(watching);
  const { stopped } = projections.status();
  const followed: Followed = { ...seen, memory, position: projections.position(), stopped, ...subscriptions() };
  process.stdout.write(`${JSON.stringify(followed)}\n`);
  await projections.close();
  await store.close();
}

function memoryInUse(): number {
  if (global.gc === undefined) throw new Error('Start it with --expose-gc.');
  global.gc();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 2 ** 20);
}

function countSubscriptions(): () => Pick<Followed, 'subscriptions'> {
  let subscriptions = 0;
  const client = EventStoreDBClient.prototype;
  const begin = Reflect.get(client, 'subscribeToAll') as (...args: unknown[]) => unknown;
  Reflect.set(client, 'subscribeToAll', function counted(this: EventStoreDBClient, ...args: unknown[]) {
    subscriptions++;
    return Reflect.apply(begin, this, args);
  });
  return () => ({ subscriptions });
}

if (process.argv[2] !== undefined) void follow(JSON.parse(process.argv[2]) as SlowReadModels);
