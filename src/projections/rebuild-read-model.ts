import { type Position } from '../domain';
import { type EventStore } from '../eventstore';
import { TABLE_SETS } from './create-projections';
import { digestReadModel } from './tables/digest-read-model';
import { openTables } from './tables/open-tables';
import { ProjectedTables } from './tables/projected-tables';

export interface RebuiltReadModel {
  /** Of the last event; null for an empty log. */
  readonly position: Position | null;
  readonly events: number;
  /** Before the rebuild, as {@link digestReadModel} tells; differs from `digest` when the old rows were not what the log says. */
  readonly digestBefore: string;
  readonly digest: string;
}

const BATCH_SIZE = 500;

/**
 * Drops every row that follows the log and makes it anew. Nobody else may have the file open. Publications are kept.
 *
 * @throws PoisonEvent for an event that cannot be projected; the rows before it stand.
 */
export async function rebuildReadModel(options: {
  readonly path: string;
  readonly store: EventStore;
}): Promise<RebuiltReadModel> {
  const { path, store } = options;
  const database = openTables(path);
  try {
    const tables = new ProjectedTables({ database, logId: store.logId, sets: TABLE_SETS });
    const digestBefore = digestReadModel(database);
    tables.reset();
    let events = 0;
    let batch = [];
    for await (const event of store.readAll()) {
      events += 1;
      batch.push(event);
      if (batch.length < BATCH_SIZE) continue;
      tables.project(batch);
      batch = [];
    }
    tables.project(batch);
    return { position: tables.position, events, digestBefore, digest: digestReadModel(database) };
  } finally {
    database.close();
  }
}
