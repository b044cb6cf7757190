import { type ValidationReport } from '../../domain';
import { type Page, type PageRequest } from '../page';
import { type ReleaseKey, type ReportRow } from '../rows';
import { is } from './condition';
import { inOrderOf } from './in-order-of';
import { readPage } from './read-page';
import { type Statements } from './statements';

export function reportsById(statements: Statements, ids: readonly string[]): readonly (ReportRow | null)[] {
  const sql = `SELECT ${COLUMNS} FROM reports WHERE id IN (SELECT value FROM json_each(?))`;
  const rows = statements.prepare<RawReport>(sql).all(JSON.stringify(ids)).map(toReport);
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** Newest first. */
export function reportsOfRelease(statements: Statements, key: ReleaseKey, page: PageRequest): Page<ReportRow> {
  return readPage<RawReport, ReportRow>(
    statements,
    {
      columns: COLUMNS,
      from: 'reports',
      conditions: [is('package')(key.package), is('version')(key.version)],
      key: { position: 'string' },
      direction: 'DESC',
      keyOf: ({ position }) => [position],
      toRow: toReport,
    },
    page,
  );
}

const COLUMNS = 'id, package, version, commit_id AS "commit", tree, valid, report, position';

type RawReport = Omit<ReportRow, 'valid' | 'report'> & { readonly valid: number; readonly report: string };

function toReport(raw: RawReport): ReportRow {
  // Only reports of events are ever written there.
  return { ...raw, valid: raw.valid === 1, report: JSON.parse(raw.report) as ValidationReport };
}
