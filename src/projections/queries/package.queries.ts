import { type PackageId } from '../../domain';
import { type Page, type PageRequest } from '../page';
import { type PackageFilter } from '../read-model';
import { type PackageRow } from '../rows';
import { is, when, type Condition } from './condition';
import { groupsInOrderOf, inOrderOf } from './in-order-of';
import { readPage } from './read-page';
import { type Statements } from './statements';

const COLUMNS = 'id, kind, name, display_name AS displayName, active_version AS activeVersion';

/** Sorted by id. */
export function packages(statements: Statements, filter: PackageFilter, page: PageRequest): Page<PackageRow> {
  return readPage<PackageRow, PackageRow>(
    statements,
    {
      columns: COLUMNS,
      from: 'packages',
      conditions: [...when(filter.kind, is('kind')), ...when(filter.search, contains)],
      key: { id: 'string' },
      direction: 'ASC',
      keyOf: ({ id }) => [id],
      toRow: (row) => ({ ...row }),
    },
    page,
  );
}

export function packagesById(statements: Statements, ids: readonly PackageId[]): readonly (PackageRow | null)[] {
  const sql = `SELECT ${COLUMNS} FROM packages WHERE id IN (SELECT value FROM json_each(?))`;
  const rows = statements.prepare<PackageRow>(sql).all(JSON.stringify(ids));
  return inOrderOf(ids, rows, ({ id }) => id);
}

interface Requirement {
  readonly package: PackageId;
  readonly requires: PackageId;
}

export function requiredInputs(statements: Statements, ids: readonly PackageId[]): readonly (readonly PackageId[])[] {
  return groupsInOrderOf(
    ids,
    requirements(statements, 'package', ids),
    (row) => row.package,
    (row) => row.requires,
  );
}

export function dependants(statements: Statements, ids: readonly PackageId[]): readonly (readonly PackageId[])[] {
  return groupsInOrderOf(
    ids,
    requirements(statements, 'requires', ids),
    (row) => row.requires,
    (row) => row.package,
  );
}

function requirements(
  statements: Statements,
  end: keyof Requirement,
  ids: readonly PackageId[],
): readonly Requirement[] {
  const sql = `
    SELECT package, requires FROM active_requires
    WHERE ${end} IN (SELECT value FROM json_each(?)) ORDER BY package, requires`;
  return statements.prepare<Requirement>(sql).all(JSON.stringify(ids));
}

function contains(text: string): Condition {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return { sql: String.raw`(id LIKE ? ESCAPE '\' OR display_name LIKE ? ESCAPE '\')`, values: [pattern, pattern] };
}
