import { type SqliteDatabase, type SqliteStatement } from '../../eventstore';
import { type KeptReadModel } from './kept-read-model';
import { type RowDifference } from './first-different-row';

/** Compares which commit each event became, as a read model keeps it, with the commits computed from the log. */
export class PublicationsCheck {
  readonly #find: SqliteStatement<{ commit: string }>;
  readonly #database: SqliteDatabase;
  #told = 0;
  #known = 0;
  #gap: RowDifference | null = null;
  #difference: RowDifference | null = null;

  constructor({ database }: Pick<KeptReadModel, 'database'>) {
    this.#database = database;
    this.#find = database.prepare('SELECT commit_id AS "commit" FROM publications WHERE event = ?');
  }

  /**
   * Takes the events that make commits, in order.
   * @param commit null where it is not known: then nothing is compared.
   */
  take(event: { readonly place: string; readonly id: string }, commit: string | null): void {
    this.#told += 1;
    const found = this.#find.get(event.id)?.commit ?? null;
    if (commit === null) {
      if (found !== null) this.#known += 1;
      return;
    }
    const row = { event: event.place, expected: commit, found };
    // The last ones may be missing: a process can end between the move of main and the row.
    if (found === null) this.#gap ??= { ...row, what: 'The read model does not know the commit of an event.' };
    else {
      this.#known += 1;
      this.#difference ??= this.#gap;
      if (found !== commit) this.#difference ??= { ...row, what: 'The read model names another commit for an event.' };
    }
  }

  /** Null also when nobody has told of any event. */
  conclude(): RowDifference | null {
    if (this.#told === 0) return null;
    const sql = 'SELECT count(*) AS total FROM publications';
    const total = this.#database.prepare<{ total: number }>(sql).get()?.total ?? 0;
    if (this.#difference !== null || total === this.#known) return this.#difference;
    const what = 'The read model names commits of events that make none.';
    return {
      what,
      event: null,
      expected: `${String(this.#known)} publications`,
      found: `${String(total)} publications`,
    };
  }
}
