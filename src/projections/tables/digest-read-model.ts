import { createHash } from 'node:crypto';
import { type SqliteDatabase } from '../../eventstore';
import { tablesOf } from './projected-tables';
import { PUBLICATIONS_TABLE } from './publications';

/**
 * Hex SHA-256 of every row that follows the log, in a fixed order: a read model that was kept up to date and one that
 * was rebuilt from the same log have the same digest. Publications are left out, for they do not come from the log.
 */
export function digestReadModel(database: SqliteDatabase): string {
  const hash = createHash('sha256');
  for (const table of tablesOf(database)) {
    if (table === PUBLICATIONS_TABLE) continue;
    const columns = columnsOf(database, table);
    hash.update(`${table} ${columns.join(' ')}\n`);
    const order = [...keyOf(database, table), ...columns]; // of a table with a key nothing need be sorted
    const rows = database.prepare<{ line: string }>(
      `SELECT json_array(${columns.join(', ')}) AS line FROM "${table}" ORDER BY ${order.join(', ')}`,
    );
    for (const { line } of rows.iterate()) hash.update(`${line}\n`);
  }
  return hash.digest('hex');
}

/** Names of a table's columns, in their order. */
export function columnsOf(database: SqliteDatabase, table: string): readonly string[] {
  return database
    .prepare<{ name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name);
}

/** Names of the columns of a table's primary key, in its order; none where it has no key. */
function keyOf(database: SqliteDatabase, table: string): readonly string[] {
  return database
    .prepare<{ name: string }>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .all(table)
    .map(({ name }) => name);
}
