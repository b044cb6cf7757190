import { type SqliteValue } from '../../eventstore';

/** A part of a WHERE clause, and the values of its `?`. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqliteValue[];
}

/** The condition when there is something to ask for; none for null and undefined. */
export function when<T>(wanted: T | null | undefined, condition: (wanted: T) => Condition): readonly Condition[] {
  return wanted === null || wanted === undefined ? [] : [condition(wanted)];
}

/** The column has this value. */
export function is(column: string): (value: SqliteValue) => Condition {
  return (value) => ({ sql: `${column} = ?`, values: [value] });
}

/** The column has one of these values. */
export function isOneOf(column: string): (values: readonly string[]) => Condition {
  return (values) => ({ sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] });
}

/** `WHERE ...`, or nothing. */
export function whereClause(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
}
