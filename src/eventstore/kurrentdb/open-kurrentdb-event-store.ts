import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { LogsDiffer } from '../copy-log';
import { LogDamaged, StoreUnavailable } from '../errors';
import { type EventStore } from '../event-store';
import { connect } from './client';
import { type ConnectionSettings } from './connection-settings';
import { type Deadlines, DEADLINES } from './deadlines';
import { wordsOf } from './failure';
import { createFollower } from './follow-all';
import { KurrentDbEventStore } from './kurrentdb-event-store';
import { type LocalCopy, openLocalCopy } from './local-copy';
import { beginLog, endCopy, type LogIdentity, readLogIdentity } from './log-identity';
import { retryPauseMs } from './retry-pause';
import { requireSameLog } from './same-log';
import { DEFAULT_PREFIX, streamNames } from './stream-names';
import { whyNotOpened } from './why-not-opened';

/**
 * Opens the event log in a KurrentDB, begun where there is none, with this node's copy in a SQLite file. Resolves when the copy
 * holds what the server held at the call.
 *
 * @throws StoreUnavailable that says what is wrong: not reached, certificate, password, rights, another log; LogDamaged;
 *   LogsDiffer where a copy should begin and other events are, or another log; the reason of the signal.
 */
export async function openKurrentDbEventStore(options: KurrentDbOptions): Promise<EventStore> {
  const deadlines = { ...DEADLINES, ...options.deadlines };
  const until = performance.now() + deadlines.openMs;
  for (let tries = 0; ; tries++) {
    try {
      return await openOnce(options, deadlines);
    } catch (error) {
      options.signal?.throwIfAborted();
      const cause = error instanceof StoreUnavailable ? error.cause : error;
      if (cause === undefined || error instanceof LogDamaged || error instanceof LogsDiffer) throw error;
      const why = await whyNotOpened(cause, options.connection);
      const pauseMs = retryPauseMs(tries);
      if (!why.mayPass || performance.now() + pauseMs > until) throw why.error;
      await pause(pauseMs);
    }
  }
}

/** What it takes to open the log. */
export interface KurrentDbOptions {
  readonly connection: ConnectionSettings;
  /** File of the copy; exactly one process may have it open: hold the data directory's lock. */
  readonly path: string;
  readonly prefix?: string;
  readonly deadlines?: Partial<Deadlines>;
  /** Id of the log that is copied there: begins it under that id, and opens it while the copy is not whole. Nobody else does. */
  readonly copyOf?: string;
  /** Gives the opening up. */
  readonly signal?: AbortSignal | undefined;
}

const BEING_COPIED =
  'The log on the server is being copied there and is not whole. Run slipway copy-events again until it says that the copy is proven, then start.';

/**
 * Says that a log that was begun as a copy is whole: from now on it can be opened by everyone.
 * @throws StoreUnavailable
 */
export async function endKurrentDbCopy(options: Pick<KurrentDbOptions, 'connection' | 'prefix'>): Promise<void> {
  const connection = connect(options.connection);
  try {
    await endCopy(connection, streamNames(options.prefix ?? DEFAULT_PREFIX).identity, DEADLINES);
  } catch (error) {
    throw new StoreUnavailable(`The copy is whole, but that could not be written down: ${wordsOf(error)}`, {
      cause: error,
    });
  } finally {
    await connection.close();
  }
}

async function openOnce(options: KurrentDbOptions, deadlines: Deadlines): Promise<EventStore> {
  const { connection: settings, path, prefix = DEFAULT_PREFIX, copyOf = null, signal } = options;
  const names = streamNames(prefix);
  const opened: (() => Promise<void> | void)[] = [];
  try {
    const connection = connect(settings);
    opened.push(() => connection.close());
    const known = await readLogIdentity(connection, names.identity, deadlines);
    const isNew = known === null && !holdsSomething(path);
    const begin = (): Promise<LogIdentity> => beginLog(connection, names.identity, { deadlines, copyOf });
    const beginsCopy = isNew && copyOf !== null;
    const identity = beginsCopy ? { logId: copyOf, whole: false } : isNew ? await begin() : known;
    if (identity?.whole === false && copyOf === null) throw new StoreUnavailable(BEING_COPIED);
    const copy = openLocalCopy({ path, logId: identity?.logId ?? null, prefix });
    opened.push(() => copy.close());
    await requireSameLog({ connection, names, copy, deadlines });
    const follower = createFollower({ connection, names, copy, deadlines });
    await follower.catchUp(signal);
    signal?.throwIfAborted();
    if (beginsCopy) await requireOwn(copy, begin);
    return new KurrentDbEventStore({ connection, names, copy, follower, deadlines });
  } catch (error) {
    for (const close of opened.reverse()) await close();
    throw error;
  }
}

/** Begins a copied log where nothing is. @throws LogsDiffer, before anything is written, where events are; where somebody else began one meanwhile. */
async function requireOwn(copy: LocalCopy, begin: () => Promise<LogIdentity>): Promise<void> {
  const there = copy.last();
  if (there !== null) {
    throw new LogsDiffer(
      `It holds events that belong to no log, the last of them ${there.stream}@${String(there.revision)}.`,
    );
  }
  const begun = await begin();
  if (begun.logId !== copy.logId) throw new LogsDiffer(`It holds log ${begun.logId}, not log ${copy.logId}.`);
}

function holdsSomething(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
