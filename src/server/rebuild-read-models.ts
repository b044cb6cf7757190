import { join } from 'node:path';
import { placeNumber } from '../eventstore';
import { openSqliteEventLog } from '../eventstore/sqlite/sqlite-event-log';
import { rebuildReadModel, rebuildReadModelAside, type RebuiltReadModel } from '../projections';
import { EVENT_LOG_FILE, READ_MODEL_FILE } from './data-directory';
import { lockRebuilds, lockUnlessServed } from './rebuild-git';

/** What making the read models of a data directory anew came to. */
export interface ReadModelRebuild extends RebuiltReadModel {
  /** Null beside a running server, whose read model goes on meanwhile. */
  readonly digestBefore: string | null;
  /** False beside a running server: the next start takes it. */
  readonly taken: boolean;
}

/**
 * Makes the read models of a data directory anew. The old ones stay in use until the new ones are complete; beside a running
 * server those are left for the next start.
 * @throws PoisonEvent, StoreUnavailable, LogDamaged; DataDirectoryInUse when another rebuild is running.
 */
export async function rebuildReadModels(options: {
  readonly dataDirectory: string;
  readonly onProgress?: (done: number, total: number) => void;
}): Promise<ReadModelRebuild> {
  const { dataDirectory, onProgress = () => undefined } = options;
  const own = await lockRebuilds(dataDirectory);
  const log = openSqliteEventLog({ path: join(dataDirectory, EVENT_LOG_FILE) });
  const path = join(dataDirectory, READ_MODEL_FILE);
  const lock = lockUnlessServed(dataDirectory);
  try {
    const total = placeNumber(log, await log.head());
    const work = { path, store: log, onProgress: (events: number) => onProgress(events, total) };
    if (lock !== null) return { ...(await rebuildReadModel(work)), taken: true };
    return { ...(await rebuildReadModelAside(work)), digestBefore: null, taken: false };
  } finally {
    lock?.release();
    await log.close();
    own.release();
  }
}
