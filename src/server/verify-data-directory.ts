import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Position } from '../domain';
import { type EventLog, placeNumber, StoreUnavailable } from '../eventstore';
import { openSqliteEventLog } from '../eventstore/sqlite/sqlite-event-log';
import {
  type CheckResult,
  checkResult,
  CHECKS,
  type GitHolding,
  type LogAndGit,
  verifyLogAndGit,
  wordsOf,
} from '../git';
import { type KeptReadModel, openKeptReadModel, ReadModelCheck, TABLE_SETS } from '../projections';
import { EVENT_LOG_FILE, READ_MODEL_FILE, REPOSITORY_DIRECTORY } from './data-directory';
import { openGitHolding } from './open-git-holding';
import { createReadModelsCheck, type RowsCheck } from './read-models-check';
import { checkRowsApart } from './rows-apart';

/** What a verification of a data directory found. */
export interface Verification {
  /** True when every check passed: log, Git and read models agree. */
  readonly passed: boolean;
  /** Events that were read. */
  readonly events: number;
  /** Position of the last of them; null when there was none. */
  readonly position: Position | null;
  /** Commits that the log makes and `main` does not hold yet: a lag, no fault. */
  readonly unpublished: number;
  /** When it began, ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** One result for each check, in the order of `CHECKS`. */
  readonly checks: readonly CheckResult[];
}

/** Told how much has been done: events read so far, and how many the log holds. */
export type OnProgress = (done: number, total: number) => void;

/** When the read models are checked in a thread of their own. */
export interface ThreadOptions {
  /** From so many events on: below it, a thread takes longer to start than it saves. */
  readonly fromEvents: number;
  /** Arguments of Node for the thread; those of the process when left out. */
  readonly execArgv?: readonly string[];
}

const THREAD: ThreadOptions = { fromEvents: 2_000 };

/**
 * Proves that the log, Git and the read models of a data directory agree, or says where they first differ. Needs no lock,
 * writes nothing and is right beside a running server. Whatever it finds is a result, never an error.
 */
export async function verifyDataDirectory(
  dataDirectory: string,
  onProgress: OnProgress = () => undefined,
  thread: ThreadOptions = THREAD,
): Promise<Verification> {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  // In this order, what is read first is known to what is read later: commits to refs, refs to the log.
  const readModel = join(dataDirectory, READ_MODEL_FILE);
  const kept = existsSync(readModel) ? attempt(() => openKeptReadModel(readModel)) : null;
  const git = await openGitHolding(join(dataDirectory, REPOSITORY_DIRECTORY));
  const log = attempt(() => openSqliteEventLog({ path: join(dataDirectory, EVENT_LOG_FILE) }));
  try {
    const { checks, ...found } =
      log instanceof Error
        ? nothingRead(wordsOf(log))
        : await verifyOpened({ log, git, kept, dataDirectory, thread }, onProgress);
    const sorted = CHECKS.flatMap((name) => checks.filter(({ check }) => check === name));
    const durationMs = Math.round(performance.now() - began);
    return { passed: sorted.every(({ passed }) => passed), ...found, startedAt, durationMs, checks: sorted };
  } finally {
    if (!(kept instanceof Error)) kept?.close();
    if (!(log instanceof Error)) await log.close();
    await git.close();
  }
}

interface Opened {
  readonly log: EventLog;
  readonly git: GitHolding;
  readonly kept: KeptReadModel | Error | null;
  readonly dataDirectory: string;
  readonly thread: ThreadOptions;
}

async function verifyOpened(opened: Opened, onProgress: OnProgress): Promise<LogAndGit> {
  const { log, git, kept, dataDirectory, thread } = opened;
  const total = placeNumber(log, await log.head());
  const compareRows = (present: KeptReadModel): RowsCheck =>
    total < thread.fromEvents
      ? new ReadModelCheck({ kept: present, logId: log.logId, sets: TABLE_SETS })
      : checkRowsApart(dataDirectory, thread.execArgv);
  const readModels = createReadModelsCheck(kept, log.logId, compareRows);
  try {
    return await verifyLogAndGit(
      { log, git },
      {
        known: kept instanceof Error ? null : (kept?.lastPublished ?? null),
        onCommit: readModels.onCommit,
        further: [readModels.check],
        onProgress: (events) => onProgress(events, total),
      },
    );
  } finally {
    await readModels.close();
  }
}

/** Without a log there is nothing to compare anything with. */
function nothingRead(why: string): LogAndGit {
  const checks = CHECKS.map((check) => checkResult(check, { compared: 0, difference: null, unchecked: why }));
  return { checks, events: 0, position: null, unpublished: 0 };
}

function attempt<T>(open: () => T): T | StoreUnavailable {
  try {
    return open();
  } catch (error) {
    if (error instanceof StoreUnavailable) return error;
    throw error;
  }
}
