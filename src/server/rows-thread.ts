// The thread that compares the rows of a read model with those that the log makes: the data directory is its data, the verdict
// its one message.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { LogDamaged, StoreUnavailable } from '../eventstore';
import { openSqliteEventLog } from '../eventstore/sqlite/sqlite-event-log';
import { wordsOf } from '../git';
import { openKeptReadModel, ReadModelCheck, type ReadModelVerdict, TABLE_SETS } from '../projections';
import { EVENT_LOG_FILE, READ_MODEL_FILE } from './data-directory';

void checkRows(String(workerData)).then(
  (verdict) => parentPort?.postMessage(verdict),
  (error: unknown) => parentPort?.postMessage({ failure: wordsOf(error) }),
);

async function checkRows(dataDirectory: string): Promise<ReadModelVerdict> {
  const kept = openKeptReadModel(join(dataDirectory, READ_MODEL_FILE)); // first: what it contains is in the log then
  const log = openSqliteEventLog({ path: join(dataDirectory, EVENT_LOG_FILE) });
  const check = new ReadModelCheck({ kept, logId: log.logId, sets: TABLE_SETS });
  try {
    try {
      for await (const event of log.readAll()) check.take(event);
    } catch (error) {
      if (!(error instanceof LogDamaged || error instanceof StoreUnavailable)) throw error; // whoever reads the whole log says it
    }
    return check.conclude();
  } finally {
    check.close();
    await log.close();
    kept.close();
  }
}
