import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Position } from '../domain';
import { DataDirectoryInUse, type EventLog, placeNumber } from '../eventstore';
import { type DataDirectoryLock, lockDataDirectory } from '../eventstore/sqlite/data-directory-lock';
import { openSqliteEventLog } from '../eventstore/sqlite/sqlite-event-log';
import { type CopyableReading, rebuildRepository, type RebuiltRepository, RepositoryUnusable } from '../git';
import { initGitRepository, openGitReading } from '../git/isomorphic/isomorphic-repository';
import { GitTransfer } from '../git/program/git-transfer';
import { EVENT_LOG_FILE, REPOSITORY_DIRECTORY } from './data-directory';
import { syncDirectory } from '../git/isomorphic/durable-fs';

/** What a rebuild is in the middle of; tests stop the process there. */
export type RebuildStep = 'begun' | 'made' | 'complete' | 'caught up' | 'old put aside' | 'taken';

export type RebuildStepHook = (step: RebuildStep) => Promise<void>;

/** What a complete candidate says of itself, in a file of its own. */
interface Candidate {
  readonly logId: string;
  /** Everything up to here is in it. */
  readonly through: Position | null;
  /** Whether the old repository is removed when the candidate is taken. */
  readonly discardOld: boolean;
}

const CANDIDATE_FILE = 'slipway-rebuilt.json';

/** A repository that is being made; of no use after an interruption. */
const rebuilding = (directory: string): string => join(directory, `${REPOSITORY_DIRECTORY}.rebuilding`);
/** A repository that is complete and waits to be taken. Its name is what says so. */
const rebuilt = (directory: string): string => join(directory, `${REPOSITORY_DIRECTORY}.rebuilt`);

/** What making the repository of a data directory anew came to. */
export interface GitRebuild extends RebuiltRepository {
  /** Events of the log it was made from. */
  readonly events: number;
  /** False beside a running server: the next start takes it. */
  readonly taken: boolean;
  /** Where the old repository is now; null where there was none, it was removed, or it is still in use. */
  readonly replaced: string | null;
}

/**
 * Makes the repository of a data directory anew. The old one stays in use until the new one is complete; interrupted
 * anywhere, it is run again. Beside a running server the new one is left complete for the next start.
 *
 * @param options.contentFrom repositories that have what the old one has lost.
 * @throws ContentLost, StoreUnavailable, LogDamaged, RepositoryUnusable for a `contentFrom` that is none; DataDirectoryInUse
 *   when another rebuild is running.
 */
export async function rebuildGit(options: {
  readonly dataDirectory: string;
  readonly contentFrom: readonly string[];
  readonly discardOld: boolean;
  readonly onProgress?: (done: number, total: number) => void;
  readonly step?: RebuildStepHook;
}): Promise<GitRebuild> {
  const { dataDirectory, contentFrom, discardOld, onProgress = () => undefined, step = noStep } = options;
  const lock = lockUnlessServed(dataDirectory);
  const own = await lockRebuilds(dataDirectory);
  const log = openSqliteEventLog({ path: join(dataDirectory, EVENT_LOG_FILE) });
  try {
    const further = await Promise.all(
      contentFrom.map(async (path) => (await openGitReading({ gitdir: gitdirOf(path) })).objects),
    );
    const old = await openOld(join(dataDirectory, REPOSITORY_DIRECTORY));
    await rm(rebuilding(dataDirectory), { recursive: true, force: true });
    const into = await initGitRepository({ gitdir: rebuilding(dataDirectory) });
    await step('begun');
    const total = placeNumber(log, await log.head());
    let events = 0;
    const onEvent = (): void => onProgress((events += 1), total);
    const transfer = new GitTransfer();
    const places = { from: join(dataDirectory, REPOSITORY_DIRECTORY), into: rebuilding(dataDirectory) };
    const copyCommits = (commits: readonly string[]): Promise<void> => transfer.copyCommits(commits, places);
    const result = await rebuildRepository({ log, into, old, further, after: null, copyCommits, onEvent });
    await step('made');
    await describe(rebuilding(dataDirectory), { logId: log.logId, through: result.through, discardOld });
    await rm(rebuilt(dataDirectory), { recursive: true, force: true });
    await rename(rebuilding(dataDirectory), rebuilt(dataDirectory));
    await syncDirectory(dataDirectory);
    await step('complete');
    if (lock === null) return { ...result, events, taken: false, replaced: null };
    const replaced = await putInPlace(dataDirectory, { discardOld, step });
    return { ...result, events, taken: true, replaced };
  } finally {
    await log.close();
    own.release();
    lock?.release();
  }
}

/**
 * Takes a repository that was left complete, once what the log and the drafts have gained since is in it. To be called by who
 * holds the data directory's lock, before the repository is opened. What cannot be taken is put away, and the old one stays.
 *
 * @returns what to tell the operator; null where there was nothing to take.
 */
export async function takeRebuiltRepository(
  dataDirectory: string,
  log: EventLog,
  step: RebuildStepHook = noStep,
): Promise<string | null> {
  if (!existsSync(rebuilt(dataDirectory))) return null;
  const own = await lockRebuilds(dataDirectory).catch((error: unknown) => {
    if (error instanceof DataDirectoryInUse) return null;
    throw error;
  });
  if (own === null) return 'A rebuild is running; what it makes is taken at the next start.';
  try {
    const { logId, through, discardOld } = await read(rebuilt(dataDirectory));
    const gitdir = join(dataDirectory, REPOSITORY_DIRECTORY);
    // Without an old one the process ended between the two renames: it was caught up before the first.
    if (existsSync(gitdir)) {
      if (logId !== log.logId) throw new RepositoryUnusable(rebuilt(dataDirectory), 'it was made from another log.');
      const into = await initGitRepository({ gitdir: rebuilt(dataDirectory) });
      await rebuildRepository({ log, into, old: await openOld(gitdir), further: [], after: through });
      await step('caught up');
    }
    const replaced = await putInPlace(dataDirectory, { discardOld, step });
    return `The rebuilt repository is in use${replaced === null ? '' : `; the old one is ${replaced}`}.`;
  } catch (error) {
    if (!existsSync(join(dataDirectory, REPOSITORY_DIRECTORY))) throw error;
    await rm(rebuilding(dataDirectory), { recursive: true, force: true });
    await rename(rebuilt(dataDirectory), rebuilding(dataDirectory));
    const why = error instanceof Error ? error.message : String(error);
    return `The rebuilt repository could not be taken and the old one stays in use: ${why} Run slipway rebuild --git again.`;
  } finally {
    own.release();
  }
}

/** Two renames; a start after an end between them makes the second. @returns where the old one is; null where it is gone. */
async function putInPlace(
  dataDirectory: string,
  { discardOld, step }: { readonly discardOld: boolean; readonly step: RebuildStepHook },
): Promise<string | null> {
  const gitdir = join(dataDirectory, REPOSITORY_DIRECTORY);
  let aside: string | null = null;
  if (existsSync(gitdir)) {
    aside = freeName(gitdir);
    await rename(gitdir, aside);
    await syncDirectory(dataDirectory);
    await step('old put aside');
  }
  await rename(rebuilt(dataDirectory), gitdir);
  await syncDirectory(dataDirectory);
  await step('taken');
  await rm(join(gitdir, CANDIDATE_FILE), { force: true });
  if (aside === null || !discardOld) return aside;
  await rm(aside, { recursive: true, force: true });
  return null;
}

function freeName(gitdir: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${gitdir}.replaced-${String(number)}`;
    if (!existsSync(name)) return name;
  }
}

/** Null where a server has the directory. */
export function lockUnlessServed(dataDirectory: string): DataDirectoryLock | null {
  try {
    return lockDataDirectory(dataDirectory);
  } catch (error) {
    if (error instanceof DataDirectoryInUse) return null;
    throw error;
  }
}

/** One rebuild at a time, also beside a server. */
export async function lockRebuilds(dataDirectory: string): Promise<DataDirectoryLock> {
  const directory = join(dataDirectory, 'rebuild-lock');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return lockDataDirectory(directory);
}

async function openOld(gitdir: string): Promise<CopyableReading | null> {
  try {
    return await openGitReading({ gitdir });
  } catch (error) {
    if (error instanceof RepositoryUnusable) return null;
    throw error;
  }
}

/** A clone's repository is in its `.git`. */
function gitdirOf(path: string): string {
  return existsSync(join(path, '.git', 'HEAD')) ? join(path, '.git') : path;
}

async function describe(gitdir: string, candidate: Candidate): Promise<void> {
  await writeFile(join(gitdir, CANDIDATE_FILE), `${JSON.stringify(candidate)}\n`, { flush: true });
  await syncDirectory(gitdir);
}

async function read(gitdir: string): Promise<Candidate> {
  return JSON.parse(await readFile(join(gitdir, CANDIDATE_FILE), 'utf8')) as Candidate; // written by describe, complete by its directory's name
}

const noStep = (): Promise<void> => Promise.resolve();
