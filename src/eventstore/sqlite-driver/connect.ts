import { openNative, type NativeOptions, type NativeSqlite } from './native-sqlite';
import { type SqliteDatabase, type SqliteStatement } from './sqlite-database';

/** A bare connection with the driver's defaults; `openSqlite` is what databases of the product use. Throws the driver's errors. */
export function connect(path: string, options: NativeOptions): SqliteDatabase {
  const native = openNative(path, options);
  return {
    get isTransaction() {
      return native.isTransaction;
    },
    exec: (sql) => native.exec(sql),
    prepare: <Row>(sql: string): SqliteStatement<Row> => native.prepare(sql),
    transaction: (work) => inTransaction(native, work),
    close: () => native.close(),
  };
}

function inTransaction<T>(native: NativeSqlite, work: () => T): T {
  native.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    native.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(native, error);
    throw error;
  }
}

/** After some errors SQLite has rolled back by itself. */
function rollBack(native: NativeSqlite, cause: unknown): void {
  if (!native.isTransaction) return;
  try {
    native.exec('ROLLBACK');
  } catch (error) {
    throw new AggregateError([cause, error], 'A transaction failed and could not be rolled back.', { cause });
  }
}
