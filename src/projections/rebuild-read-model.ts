import { existsSync, renameSync, rmSync } from 'node:fs';
import { type Position } from '../domain';
import { type EventLog, openSqlite, type SqliteDatabase, StoreUnavailable } from '../eventstore';
import { TABLE_SETS } from './create-projections';
import { digestReadModel } from './tables/digest-read-model';
import { openTables } from './tables/open-tables';
import { ProjectedTables, tablesOf } from './tables/projected-tables';
import { PUBLICATIONS_TABLE } from './tables/publications';

export interface RebuiltReadModel {
  /** Of the last event; null for an empty log. */
  readonly position: Position | null;
  readonly events: number;
  readonly digest: string;
}

const BATCH_SIZE = 500;

/** A read model that is being made; of no use after an interruption. */
const rebuilding = (path: string): string => `${path}.rebuilding`;
/** A read model that is complete and waits to be taken. Its name is what says so. */
const rebuilt = (path: string): string => `${path}.rebuilt`;

/**
 * Makes the read model anew and puts it in place of the old one, once it is complete. Nobody else may have the file open.
 *
 * @returns also the digest before the rebuild, as {@link digestReadModel} tells; it differs from `digest` when the old rows were not what the log says.
 * @throws PoisonEvent for an event that cannot be projected; the old rows stand.
 */
export async function rebuildReadModel(options: {
  readonly path: string;
  readonly store: Pick<EventLog, 'logId' | 'readAll'>;
  /** Told how many events are in it. */
  readonly onProgress?: (events: number) => void;
}): Promise<RebuiltReadModel & { readonly digestBefore: string }> {
  const digestBefore = digestOfKept(options);
  const result = await rebuildReadModelAside(options);
  takeRebuiltReadModel(options.path);
  return { ...result, digestBefore };
}

/**
 * Makes the read model anew beside the one that is in use, and leaves it complete for {@link takeRebuiltReadModel}.
 * Publications, which do not come from the log, are taken over as far as they can be read.
 * @throws PoisonEvent
 */
export async function rebuildReadModelAside(options: {
  readonly path: string;
  readonly store: Pick<EventLog, 'logId' | 'readAll'>;
  /** Told how many events are in it. */
  readonly onProgress?: (events: number) => void;
}): Promise<RebuiltReadModel> {
  const { path, store, onProgress = () => undefined } = options;
  removeDatabase(rebuilding(path));
  const database = openTables(rebuilding(path));
  let result: RebuiltReadModel;
  try {
    const tables = new ProjectedTables({ database, logId: store.logId, sets: TABLE_SETS });
    let events = 0;
    let batch = [];
    for await (const event of store.readAll()) {
      events += 1;
      batch.push(event);
      if (batch.length < BATCH_SIZE) continue;
      tables.project(batch);
      onProgress(events);
      batch = [];
    }
    tables.project(batch);
    copyPublications(path, { into: database, logId: store.logId });
    result = { position: tables.position, events, digest: digestReadModel(database) };
    onProgress(events);
  } finally {
    database.close();
  }
  bringIntoOneFile(rebuilding(path));
  renameSync(rebuilding(path), rebuilt(path));
  return result;
}

/** Puts a read model that was left complete in place of the one at `path`. Nobody else may have that open. @returns whether there was one. */
export function takeRebuiltReadModel(path: string): boolean {
  if (!existsSync(rebuilt(path))) return false;
  // A journal of the old file would be played into the new one.
  bringIntoOneFile(path);
  renameSync(rebuilt(path), path);
  return true;
}

/** Empties the journal of a database that nobody has open, and removes it: from then on the file is all of it. */
function bringIntoOneFile(path: string): void {
  const database = openTables(path);
  try {
    const ended = database.prepare<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)').get();
    if (ended?.busy !== 0) throw new StoreUnavailable(`The read model ${path} is in use. Try again.`);
  } finally {
    database.close();
  }
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
}

function digestOfKept({ path, store }: { readonly path: string; readonly store: Pick<EventLog, 'logId'> }): string {
  const database = openTables(path);
  try {
    // Makes what is missing: tables of a file that was lost or damaged are empty ones.
    new ProjectedTables({ database, logId: store.logId, sets: TABLE_SETS });
    return digestReadModel(database);
  } finally {
    database.close();
  }
}

function copyPublications(
  path: string,
  { into, logId }: { readonly into: SqliteDatabase; readonly logId: string },
): void {
  if (!existsSync(path)) return;
  const rows = publicationsOf(path, logId);
  const insert = into.prepare(`INSERT INTO ${PUBLICATIONS_TABLE} (event, commit_id) VALUES (?, ?)`);
  into.transaction(() => {
    for (const { event, commit } of rows) insert.run(event, commit);
  });
}

/** None of a file that cannot be read: they are read back from `main` then. */
function publicationsOf(path: string, logId: string): readonly { readonly event: string; readonly commit: string }[] {
  let database: SqliteDatabase | null = null;
  try {
    database = openSqlite({ path, synchronous: 'NORMAL', readOnly: true });
    const tables = tablesOf(database);
    if (!tables.includes(PUBLICATIONS_TABLE) || !tables.includes('checkpoint')) return [];
    const [found] = database.prepare<{ logId: string }>('SELECT log_id AS logId FROM checkpoint').all();
    if (found?.logId !== logId) return [];
    return database
      .prepare<{ event: string; commit: string }>(`SELECT event, commit_id AS "commit" FROM ${PUBLICATIONS_TABLE}`)
      .all();
  } catch {
    return [];
  } finally {
    database?.close();
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}
