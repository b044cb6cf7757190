import { openSqlite, type SqliteDatabase, StoreUnavailable } from '../../eventstore';
import { type Checkpoint, type Identity, readCheckpoint, readIdentity } from '../tables/checkpoint-table';

/** A read model as it stood at one moment, whoever writes it meanwhile. */
export interface KeptReadModel {
  readonly database: SqliteDatabase;
  /** What its tables are made from. */
  readonly identity: Identity;
  /** The last event that its tables contain; null before the first. */
  readonly checkpoint: Checkpoint | null;
  /** Id of the newest event whose commit is known; null when none is. */
  readonly lastPublished: string | null;
  close(): void;
}

/**
 * Opens a read model to read it, in one transaction. Writes nothing.
 * @throws StoreUnavailable when there is none, or it cannot be read.
 */
export function openKeptReadModel(path: string): KeptReadModel {
  const database = openSqlite({ path, synchronous: 'NORMAL', readOnly: true });
  try {
    database.exec('PRAGMA cache_size = -8192; BEGIN');
    const identity = readIdentity(database);
    if (identity === null) throw new StoreUnavailable(`The read model ${path} holds nothing.`);
    const checkpoint = readCheckpoint(database);
    const lastPublished = database.prepare<{ id: string }>(NEWEST_PUBLISHED).get()?.id ?? null;
    return { database, identity, checkpoint, lastPublished, close: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof StoreUnavailable) throw error;
    throw new StoreUnavailable(`The read model ${path} cannot be read.`, { cause: error });
  }
}

const NEWEST_PUBLISHED = `
  SELECT e.id FROM events e JOIN publications p ON p.event = e.id ORDER BY e.position DESC LIMIT 1`;
