import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Position } from '../domain';
import {
  copyLog,
  type EventLog,
  type EventStore,
  LogDamaged,
  LogKeptElsewhere,
  LogsDiffer,
  type OnCopied,
  requireSound,
} from '../eventstore';
import { endKurrentDbCopy, openKurrentDbEventStore } from '../eventstore/kurrentdb/open-kurrentdb-event-store';
import { lockDataDirectory } from '../eventstore/sqlite/data-directory-lock';
import { openSqliteEventStore } from '../eventstore/sqlite/sqlite-event-store';
import { type CheckResult, lacksGitAlone, verifyLogAndGit } from '../git';
import { EVENT_LOG_FILE, REPOSITORY_DIRECTORY } from './data-directory';
import { type EventStoreConfig } from './event-store-config';
import { openGitHolding } from './open-git-holding';

/** What copying the events of a data directory to a KurrentDB came to. */
export interface CopiedEvents {
  /** True when the copied log makes exactly what the repository of the data directory holds. */
  readonly passed: boolean;
  readonly logId: string;
  /** Events of the log; the server holds every one of them now. */
  readonly events: number;
  /** How many of them this run has copied; an earlier one had copied the others. */
  readonly copied: number;
  /** Position of the last of them, the same in both; null when there is none. */
  readonly position: Position | null;
  /** Commits that the log makes and `main` does not hold yet: the next start makes them. */
  readonly unpublished: number;
  /** The copied log against the repository: chain, commits, trees, pointer, objects. */
  readonly checks: readonly CheckResult[];
}

/** The embedded log cannot be copied there; the message says why. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

/** The copying was told to stop, and did; the message says how far it is. Run again, it goes on from there. */
export class CopyInterrupted extends Error {
  override readonly name = 'CopyInterrupted';
}

/**
 * Copies the embedded log of a data directory to a KurrentDB under the same log id, so that positions stay valid, and proves the
 * copy: every event is read back and compared, and `main` computed anew from it. The data directory stays as it was.
 *
 * @throws DataDirectoryInUse while a server has it; CopyRefused when its log is on a KurrentDB already or does not verify, or the
 *   server holds anything else under the prefix; StoreUnavailable: run it again, it goes on where it was; CopyInterrupted when
 *   the signal aborts.
 */
export async function copyEvents({
  dataDirectory,
  to,
  onCopied = () => undefined,
  signal,
}: {
  readonly dataDirectory: string;
  readonly to: EventStoreConfig;
  readonly onCopied?: OnCopied;
  readonly signal?: AbortSignal | undefined;
}): Promise<CopiedEvents> {
  const lock = lockDataDirectory(dataDirectory);
  let far = 'This run has copied nothing yet.';
  const opened: (() => Promise<void> | void)[] = [() => lock.release()];
  try {
    const from = openLogOf(dataDirectory);
    opened.push(() => from.close());
    await requireSound(from, signal).catch(
      refuseAs(LogDamaged, `The log of ${dataDirectory} does not verify, and was not copied.`),
    );
    const readBack = join(dataDirectory, `${EVENT_LOG_FILE}.copying`);
    await removeDatabase(readBack); // of a run that was interrupted: what the server holds is read from its beginning
    opened.push(() => removeDatabase(readBack));
    const occupied = refuseAs(
      LogsDiffer,
      `Under the prefix ${to.prefix} the server holds another log than that of ${dataDirectory}, or this one with what was decided there since. ` +
        'To copy it, name a prefix under which nothing is, in SLIPWAY_EVENT_STORE_PREFIX.',
    );
    const store = await openKurrentDbEventStore({ ...to, path: readBack, copyOf: from.logId, signal }).catch(occupied);
    opened.push(() => store.close());
    const { events, alreadyThere } = await copyLog({ from, to: store, signal }, (done, total) => {
      far = `The server holds ${String(done)} of ${String(total)} events.`;
      onCopied(done, total);
    }).catch(occupied);
    const result = { logId: store.logId, events, copied: events - alreadyThere, position: await store.head() };
    far = `The server holds all ${String(events)} events; the copy is not proven.`;
    const compared = await compareWithGit(store, join(dataDirectory, REPOSITORY_DIRECTORY), signal);
    if (compared.passed) await endKurrentDbCopy(to);
    return { ...result, ...compared };
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
    throw new CopyInterrupted(`Stopped. ${far} Run the same command again: it goes on from there.`);
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

/** @throws CopyRefused where the file is a copy of a log that a KurrentDB keeps. */
function openLogOf(dataDirectory: string): EventStore {
  try {
    return openSqliteEventStore({ path: join(dataDirectory, EVENT_LOG_FILE) });
  } catch (error) {
    if (!(error instanceof LogKeptElsewhere)) throw error;
    throw new CopyRefused(`The log of ${dataDirectory} is on a KurrentDB already; there is nothing to copy.`);
  }
}

async function compareWithGit(
  log: EventLog,
  gitdir: string,
  signal: AbortSignal | undefined,
): Promise<Pick<CopiedEvents, 'passed' | 'checks' | 'unpublished'>> {
  const git = await openGitHolding(gitdir);
  try {
    const { checks, unpublished } = await verifyLogAndGit({ log, git }, { onProgress: () => signal?.throwIfAborted() });
    return { passed: checks.every((result) => result.passed || lacksGitAlone(result)), checks, unpublished };
  } finally {
    await git.close();
  }
}

function refuseAs(kind: typeof LogDamaged | typeof LogsDiffer, message: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof kind ? new CopyRefused(message, { cause: error }) : error;
  };
}

async function removeDatabase(path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(`${path}${suffix}`, { force: true });
}
