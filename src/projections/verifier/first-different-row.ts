import { type SqliteDatabase, type SqliteValue } from '../../eventstore';
import { columnsOf } from '../tables/digest-read-model';
import { tablesOf } from '../tables/projected-tables';
import { PUBLICATIONS_TABLE } from '../tables/publications';

/** The first row of a read model that is not as the log makes it. */
export interface RowDifference {
  readonly what: string;
  /** `STREAM@REVISION` of the event the row comes from, where the row tells. */
  readonly event: string | null;
  /** The row as it must be, as JSON; null when there must be none. */
  readonly expected: string | null;
  readonly found: string | null;
}

type Row = Record<string, SqliteValue>;

/** Compares two read models row by row; null when they are the same. */
export function firstDifferentRow(rebuilt: SqliteDatabase, kept: SqliteDatabase): RowDifference | null {
  for (const table of new Set([...tablesOf(rebuilt), ...tablesOf(kept)])) {
    if (table === PUBLICATIONS_TABLE) continue;
    const columns = columnsOf(rebuilt, table);
    if (columns.join() !== columnsOf(kept, table).join()) {
      const found = columnsOf(kept, table).join(', ');
      return { what: `Table ${table} has other columns.`, event: null, expected: columns.join(', '), found };
    }
    const [wanted, present] = [rowsOf(rebuilt, table, columns), rowsOf(kept, table, columns)];
    for (;;) {
      const [expected, found] = [next(wanted), next(present)];
      if (expected === null && found === null) break;
      if (textOf(expected) === textOf(found)) continue;
      const event = eventOf(rebuilt, expected ?? found ?? {});
      return {
        what: `A row of table ${table} is not as the log makes it.`,
        event,
        expected: textOf(expected),
        found: textOf(found),
      };
    }
  }
  return null;
}

function rowsOf(database: SqliteDatabase, table: string, columns: readonly string[]): Iterator<Row, undefined> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  return database.prepare<Row>(`SELECT ${list} FROM "${table}" ORDER BY ${list}`).iterate();
}

function next(rows: Iterator<Row, undefined>): Row | null {
  return rows.next().value ?? null;
}

function textOf(row: Row | null): string | null {
  return row === null ? null : JSON.stringify(row);
}

/** Rows name the event they come from by its position, or by its id. */
function eventOf(rebuilt: SqliteDatabase, row: Row): string | null {
  const find = rebuilt.prepare<{ place: string }>(
    "SELECT stream || '@' || revision AS place FROM events WHERE position = ? OR id = ?",
  );
  return find.get(row['position'] ?? row['changed_at'] ?? null, row['id'] ?? row['event'] ?? null)?.place ?? null;
}
