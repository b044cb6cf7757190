import { type ValidationRequest } from '../../../src/validation';

/** Content of people who mean harm, made when it is needed: nothing of it is stored. */
export interface HostileCase {
  readonly name: string;
  readonly make: () => ValidationRequest;
  /** The rule that has to find it; `accepted` when it is harmless and right; `verdict` when any report will do. */
  readonly expect: string;
}

/** Cases of one row of the plan of tests; a family is a file `*.family.ts` beside this one that exports `family`. */
export interface Family {
  /** Id and subject of the row. */
  readonly row: string;
  readonly cases: readonly HostileCase[];
}

export function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** An object with these entries as own properties, whatever their names. */
export function objectOf(count: number, entry: (at: number) => readonly [string, unknown]): unknown {
  return Object.fromEntries(times(count, entry));
}
