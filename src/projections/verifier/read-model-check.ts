import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Position, type RecordedEvent } from '../../domain';
import { openSqlite, type SqliteDatabase } from '../../eventstore';
import { digestReadModel } from '../tables/digest-read-model';
import { ProjectedTables } from '../tables/projected-tables';
import { type TableSet } from '../tables/table-set';
import { firstDifferentRow, type RowDifference } from './first-different-row';
import { type KeptReadModel } from './kept-read-model';

/** How many events are projected in one transaction. */
const BATCH_SIZE = 500;

/** Nobody else reads the file, and nobody needs it after a crash. */
const SCRATCH = `
  PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16384`;

/** What came of comparing a read model with one that is made anew. */
export interface ReadModelVerdict {
  /** Events that the kept one contains. */
  readonly events: number;
  readonly difference: RowDifference | null;
}

/**
 * Makes a read model anew, event by event, up to where a kept one stands, in a temporary file, and compares the two. The
 * kept one is read as it stood when it was opened. Whether the events are a chain is another check's question.
 */
export class ReadModelCheck {
  readonly #kept: KeptReadModel;
  readonly #directory: string;
  readonly #database: SqliteDatabase;
  readonly #tables: ProjectedTables;
  readonly #until: Position | null;
  #batch: RecordedEvent[] = [];
  #events = 0;

  constructor(parts: { readonly kept: KeptReadModel; readonly logId: string; readonly sets: readonly TableSet[] }) {
    const { kept, logId, sets } = parts;
    this.#kept = kept;
    this.#until = kept.checkpoint?.position ?? null;
    this.#directory = mkdtempSync(join(tmpdir(), 'slipway-verify-'));
    this.#database = openSqlite({ path: join(this.#directory, 'read-model.db'), synchronous: 'NORMAL' });
    this.#database.exec(SCRATCH);
    this.#tables = new ProjectedTables({
      database: this.#database,
      logId,
      sets,
      isChainChecked: true,
      isQueried: false,
    });
  }

  /** @throws PoisonEvent for an event that cannot be projected. */
  take(event: RecordedEvent): void {
    if (this.#until === null || event.position > this.#until) return;
    this.#events += 1;
    this.#batch.push(event);
    if (this.#batch.length === BATCH_SIZE) this.#flush();
  }

  /** @throws the driver's errors when the kept read model cannot be read. */
  conclude(): ReadModelVerdict {
    this.#flush();
    const kept = this.#kept;
    const { checkpoint } = this.#tables;
    const verdict = (difference: RowDifference | null): ReadModelVerdict => ({ events: this.#events, difference });
    if (kept.checkpoint !== null && checkpoint?.position !== kept.checkpoint.position) {
      const what = 'The read model contains an event that the log does not hold.';
      const { stream, revision, position } = kept.checkpoint;
      return verdict({
        what,
        event: `${stream}@${String(revision)}`,
        expected: checkpoint?.position ?? null,
        found: position,
      });
    }
    if (digestReadModel(kept.database) === digestReadModel(this.#database)) return verdict(null);
    return verdict(firstDifferentRow(this.#database, kept.database));
  }

  close(): void {
    this.#database.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #flush(): void {
    const batch = this.#batch;
    this.#batch = [];
    this.#tables.project(batch);
  }
}
