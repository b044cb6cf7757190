import { type EventStore } from '../eventstore';
import { addressText } from '../eventstore/kurrentdb/server-address';
import { type EventStoreConfig } from './event-store-config';
import { type Log } from './log';

/** Milliseconds between two looks at how the store stands. */
const LOOK_EVERY_MS = 1_000;

/** Logs when the event store goes out of reach, with the reason, and when it is back. @returns what ends it. */
export function watchEventStore(
  store: Pick<EventStore, 'status'>,
  log: Pick<Log, 'info' | 'warn'>,
  everyMs = LOOK_EVERY_MS,
): () => void {
  let since: number | null = null;
  const look = (): void => {
    const { failing, failingForMs } = store.status();
    if (failing !== null) {
      if (since === null) log.warn({ reason: failing }, 'the event store is out of reach');
      since ??= performance.now() - (failingForMs ?? 0);
    } else if (since !== null) {
      log.info({ awayForMs: Math.round(performance.now() - since) }, 'the event store is in reach again');
      since = null;
    }
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Which server keeps the log, for people: neither user nor password. */
export function describeEventStore({ connection, prefix }: EventStoreConfig): {
  readonly eventStore: string;
  readonly prefix: string;
} {
  const hosts = connection.servers.map(addressText).join(',');
  return { eventStore: `${connection.discover ? 'esdb+discover' : 'esdb'}://${hosts}`, prefix };
}
