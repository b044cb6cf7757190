import { type SqliteDatabase, type SqliteStatement } from '../../eventstore';

/** Statements of one connection, prepared once each. Give it texts from a bounded set: they are kept. */
export class Statements {
  private readonly prepared = new Map<string, SqliteStatement<unknown>>();

  constructor(private readonly database: SqliteDatabase) {}

  /** `Row` is the caller's promise about the columns that its SQL selects. */
  prepare<Row>(sql: string): SqliteStatement<Row> {
    let statement = this.prepared.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare<unknown>(sql);
      this.prepared.set(sql, statement);
    }
    return statement as SqliteStatement<Row>; // one text always selects the same columns
  }
}
