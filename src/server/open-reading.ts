import { join } from 'node:path';
import { type EventLog } from '../eventstore';
import { openSqliteEventLog } from '../eventstore/sqlite/sqlite-event-log';
import { type GitReading, ScratchObjects } from '../git';
import { openGitReading } from '../git/isomorphic/isomorphic-repository';
import { BatchObjects } from '../git/program/batch-objects';
import { gitIsThere } from '../git/program/git-is-there';
import { EVENT_LOG_FILE, REPOSITORY_DIRECTORY } from './data-directory';

/** A data directory that is only looked at. */
export interface Reading {
  /** The log as it stood when it was opened. */
  readonly log: EventLog;
  readonly repository: GitReading;
  /** The bare repository's directory. */
  readonly gitdir: string;
  close(): Promise<void>;
}

/**
 * Opens log and repository of a data directory to read them, whether a server has it or not. Changes nothing.
 * @throws StoreUnavailable, LogDamaged, RepositoryUnusable
 */
export async function openReading(dataDirectory: string): Promise<Reading> {
  const gitdir = join(dataDirectory, REPOSITORY_DIRECTORY);
  const repository = await openGitReading({ gitdir });
  const log = openSqliteEventLog({ path: join(dataDirectory, EVENT_LOG_FILE) });
  return { log, repository, gitdir, close: () => log.close() };
}

/**
 * {@link openReading} for whoever reads most of what there is: objects come from one running `git` program, which reads packs
 * piece by piece. Where there is none they come as ever, which needs each pack whole in memory.
 * @throws as {@link openReading} does
 */
export async function openReadingOfMuch(dataDirectory: string): Promise<Reading> {
  const reading = await openReading(dataDirectory);
  if (!(await gitIsThere())) return reading;
  const stored = new BatchObjects({ gitdir: reading.gitdir });
  const close = async (): Promise<void> => {
    await stored.close();
    await reading.close();
  };
  return { ...reading, repository: { ...reading.repository, objects: new ScratchObjects(stored) }, close };
}
