import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Clock, type Ids } from '../application';
import { type EventStore } from '../eventstore';
import { lockDataDirectory } from '../eventstore/sqlite/data-directory-lock';
import type * as KurrentDb from '../eventstore/kurrentdb/open-kurrentdb-event-store';
import { openSqliteEventStore } from '../eventstore/sqlite/sqlite-event-store';
import { type GitRepository } from '../git';
import { initGitRepository } from '../git/isomorphic/isomorphic-repository';
import { createValidationEngine, type ValidationEngine, type ValidationEngineOptions } from '../validation';
import { EVENT_LOG_FILE, makeDataDirectory, REPOSITORY_DIRECTORY } from './data-directory';
import { type EventStoreConfig } from './event-store-config';
import { openTokenStore, type TokenStore } from './identity/token-store';
import { type Log } from './log';
import { takeRebuiltRepository } from './rebuild-git';
import { systemClock, systemIds } from './system';

/** What stands on a data directory, before anything follows the log: enough to adopt. */
export interface Foundation {
  readonly dataDirectory: string;
  readonly store: EventStore;
  readonly repository: GitRepository;
  /** The bare repository's directory. */
  readonly gitdir: string;
  readonly validation: ValidationEngine;
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly ids: Ids;
  close(): Promise<void>;
}

/**
 * Takes the data directory and opens what is in it.
 * @throws BadConfiguration where there can be none; DataDirectoryInUse when another process has it; StoreUnavailable.
 */
export async function openFoundation(
  dataDirectory: string,
  {
    validation: children = {},
    log,
    eventStore = null,
  }: {
    readonly validation?: ValidationEngineOptions;
    readonly log?: Log;
    /** Where the log is kept; in the data directory itself by default. */
    readonly eventStore?: EventStoreConfig | null;
  } = {},
): Promise<Foundation> {
  await makeDataDirectory(dataDirectory);
  const lock = lockDataDirectory(dataDirectory);
  const opened: (() => Promise<void> | void)[] = [() => lock.release()];
  const close = async (): Promise<void> => {
    for (const release of opened.splice(0).reverse()) await release();
  };
  try {
    const path = join(dataDirectory, EVENT_LOG_FILE);
    const store =
      eventStore === null
        ? openSqliteEventStore({ path })
        : await kurrentDb().openKurrentDbEventStore({ ...eventStore, path });
    opened.push(() => store.close());
    const tokens = openTokenStore({ path: join(dataDirectory, 'tokens.db') });
    opened.push(() => tokens.close());
    const gitdir = join(dataDirectory, REPOSITORY_DIRECTORY);
    const taken = await takeRebuiltRepository(dataDirectory, store);
    if (taken !== null) log?.warn({}, taken);
    const repository = await initGitRepository({ gitdir });
    const validation = createValidationEngine(children);
    opened.push(() => validation.close());
    return { dataDirectory, store, repository, gitdir, validation, tokens, clock: systemClock, ids: systemIds, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const load = createRequire(__filename);

/** Loaded where it is used: its client takes as long to load as a third of the rest. */
function kurrentDb(): typeof KurrentDb {
  return load('../eventstore/kurrentdb/open-kurrentdb-event-store') as typeof KurrentDb;
}
