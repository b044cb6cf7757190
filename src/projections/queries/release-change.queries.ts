import { type PackageId, type Position } from '../../domain';
import { type ReleaseChangeRow } from '../rows';
import { isOneOf, when, whereClause } from './condition';
import { valuesOf } from './read-page';
import { type Statements } from './statements';

/** Oldest first, whole events only: those of the next `limit` events that change a state. */
export function releaseChangesAfter(
  statements: Statements,
  after: Position | null,
  packages: readonly PackageId[] | null | undefined,
  limit: number,
): readonly ReleaseChangeRow[] {
  const conditions = [
    ...when(after, (position) => ({ sql: 'position > ?', values: [position] })),
    ...when(packages, isOneOf('package')),
  ];
  const where = whereClause(conditions);
  const values = valuesOf(conditions);
  const sql = `
    WITH matching AS (SELECT * FROM release_changes ${where})
    SELECT position, package, version, from_state AS "from", to_state AS "to" FROM matching
    WHERE position IN (SELECT DISTINCT position FROM matching ORDER BY position LIMIT ?) ORDER BY position, n`;
  return statements.prepare<ReleaseChangeRow>(sql).all(...values, limit);
}
