import { LogDamaged, StoreUnavailable } from '../errors';
import { type EventStore } from '../event-store';
import { type Connection, connect } from './client';
import { type ConnectionSettings } from './connection-settings';
import { type Deadlines, DEADLINES } from './deadlines';
import { createFollower } from './follow-all';
import { KurrentDbEventStore } from './kurrentdb-event-store';
import { type LocalCopy, openLocalCopy } from './local-copy';
import { logIdentity } from './log-identity';
import { idsAt } from './stream-end';
import { type StreamNames, streamNames } from './stream-names';
import { whyNotOpened } from './why-not-opened';

/** Names of streams of a log begin with it on the server, unless said otherwise. */
export const DEFAULT_PREFIX = 'slipway-';

/**
 * Opens the event log in a KurrentDB, begun where there is none, with this node's copy in a SQLite file. Resolves when the copy
 * holds what the server held at the call.
 *
 * @throws StoreUnavailable that says what is wrong: not reached, certificate, password, rights, another log; LogDamaged.
 */
export async function openKurrentDbEventStore(options: {
  readonly connection: ConnectionSettings;
  /** File of the copy; exactly one process may have it open: hold the data directory's lock. */
  readonly path: string;
  readonly prefix?: string;
  readonly deadlines?: Partial<Deadlines>;
}): Promise<EventStore> {
  const { connection: settings, path, prefix = DEFAULT_PREFIX } = options;
  const deadlines = { ...DEADLINES, ...options.deadlines };
  const names = streamNames(prefix);
  const opened: (() => Promise<void> | void)[] = [];
  try {
    const connection = connect(settings);
    opened.push(() => connection.close());
    const copy = openLocalCopy({ path, logId: await logIdentity(connection, names.identity, deadlines) });
    opened.push(() => copy.close());
    await requireSameLog({ connection, names, copy, deadlines });
    const follower = createFollower({ connection, names, copy, deadlines });
    await follower.catchUp();
    return new KurrentDbEventStore({ connection, names, copy, follower, deadlines });
  } catch (error) {
    for (const close of opened.reverse()) await close();
    if (error instanceof StoreUnavailable || error instanceof LogDamaged) throw error;
    throw await whyNotOpened(error, settings);
  }
}

/** A server that was set back to an older backup would give other events at places that this node has seen already. */
async function requireSameLog(parts: {
  readonly connection: Connection;
  readonly names: StreamNames;
  readonly copy: LocalCopy;
  readonly deadlines: Deadlines;
}): Promise<void> {
  const { connection, names, copy, deadlines } = parts;
  const last = copy.last();
  if (last === null) return;
  const range = { fromRevision: last.revision, limit: 1 };
  const [id] = await idsAt(connection, names.onServer(last.stream), range, deadlines.readMs);
  if (id === last.eventId.replace(/ again$/, '')) return;
  throw new LogDamaged(
    `The server does not hold ${last.stream}@${String(last.revision)} as this node has seen it: it was set back, or is another one. ` +
      'Restore the server; only if its log is the right one, begin with a new data directory.',
  );
}
