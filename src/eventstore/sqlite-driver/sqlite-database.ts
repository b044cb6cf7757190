export type SqliteValue = string | number | bigint | null | Uint8Array;

/** A prepared statement whose rows look like `Row`. Values bind to `?` in order. */
export interface SqliteStatement<Row> {
  run(...values: SqliteValue[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  get(...values: SqliteValue[]): Row | undefined;
  all(...values: SqliteValue[]): Row[];
  iterate(...values: SqliteValue[]): IterableIterator<Row>;
}

/** One synchronous connection. Errors are the driver's own; {@link sqliteErrorCode} reads their result code. */
export interface SqliteDatabase {
  /** True between BEGIN and the end of a transaction. */
  readonly isTransaction: boolean;

  exec(sql: string): void;

  /** `Row` is the caller's promise about the columns that its SQL selects. */
  prepare<Row = Record<string, SqliteValue>>(sql: string): SqliteStatement<Row>;

  /**
   * Runs synchronous work in one immediate transaction: committed when it returns, rolled back when it throws. When
   * COMMIT itself throws, nothing is known of the outcome.
   */
  transaction<T>(work: () => T): T;

  close(): void;
}

/** Primary result codes that tell callers what to do: https://sqlite.org/rescode.html */
export const SQLITE_BUSY = 5;
export const SQLITE_LOCKED = 6;
export const SQLITE_IOERR = 10;
export const SQLITE_FULL = 13;

/** Primary result code of a driver's error; null when the error is not SQLite's. */
export function sqliteErrorCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}
