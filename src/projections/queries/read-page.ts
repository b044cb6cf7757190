import { type SqliteValue } from '../../eventstore';
import { type Page, type PageRequest } from '../page';
import { type Condition, whereClause } from './condition';
import { decodeCursor, encodeCursor, type SortKey } from './cursor';
import { type Statements } from './statements';

/** A sorted list of rows. */
export interface ListQuery<Raw, Row> {
  /** What stands after SELECT. */
  readonly columns: string;
  /** What stands after FROM. */
  readonly from: string;
  readonly conditions: readonly Condition[];
  /** Columns of the sort key, together unique, and what they hold. */
  readonly key: Readonly<Record<string, 'string' | 'number'>>;
  readonly direction: 'ASC' | 'DESC';
  readonly keyOf: (raw: Raw) => SortKey;
  readonly toRow: (raw: Raw) => Row;
}

/**
 * One page of a list, found by its sort key: new rows shift nothing.
 *
 * @throws BadUserInput for a cursor that is none of this list.
 */
export function readPage<Raw, Row>(
  statements: Statements,
  query: ListQuery<Raw, Row>,
  { first, after = null }: PageRequest,
): Page<Row> {
  const conditions = after === null ? query.conditions : [...query.conditions, beyond(query, after)];
  const order = Object.keys(query.key)
    .map((column) => `${column} ${query.direction}`)
    .join(', ');
  const sql = `SELECT ${query.columns} FROM ${query.from} ${whereClause(conditions)} ORDER BY ${order} LIMIT ?`;
  // One more than asked for says whether there is a next page.
  const raws = statements.prepare<Raw>(sql).all(...valuesOf(conditions), first + 1);
  return {
    edges: raws.slice(0, first).map((raw) => ({ node: query.toRow(raw), cursor: encodeCursor(query.keyOf(raw)) })),
    hasNextPage: raws.length > first,
    hasPreviousPage: after !== null,
    totalCount: () => count(statements, query.from, query.conditions),
  };
}

/** How many rows the conditions leave. */
export function count(statements: Statements, from: string, conditions: readonly Condition[]): number {
  const sql = `SELECT count(*) AS total FROM ${from} ${whereClause(conditions)}`;
  return statements.prepare<{ total: number }>(sql).get(...valuesOf(conditions))?.total ?? 0;
}

function beyond<Raw, Row>(query: ListQuery<Raw, Row>, cursor: string): Condition {
  const columns = Object.keys(query.key);
  const places = columns.map(() => '?').join(', ');
  const comparison = query.direction === 'ASC' ? '>' : '<';
  return {
    sql: `(${columns.join(', ')}) ${comparison} (${places})`,
    values: decodeCursor(cursor, Object.values(query.key)),
  };
}

/** The values of all conditions, in order. */
export function valuesOf(conditions: readonly Condition[]): readonly SqliteValue[] {
  return conditions.flatMap(({ values }) => values);
}
