import { type HistoryRule, type PackageId } from '../../domain';
import { type Page, type PageRequest } from '../page';
import { type HistoryFindingFilter } from '../read-model';
import { type HistoryFindingRow } from '../rows';
import { is, isOneOf, when } from './condition';
import { readPage } from './read-page';
import { type Statements } from './statements';

/** In the order of the history. */
export function historyFindings(
  statements: Statements,
  filter: HistoryFindingFilter,
  page: PageRequest,
): Page<HistoryFindingRow> {
  return readPage<RawFinding, HistoryFindingRow>(
    statements,
    {
      columns: COLUMNS,
      from: 'history_findings',
      conditions: [
        ...when(filter.package, is('package')),
        ...when(filter.rules, isOneOf('rule')),
        ...when(filter.severity, is('severity')),
      ],
      key: { position: 'string', n: 'number' },
      direction: 'ASC',
      keyOf: ({ position, n }) => [position, n],
      toRow: toFinding,
    },
    page,
  );
}

const COLUMNS = 'position, n, rule, severity, message, commit_id, at, until_commit, until_at, package, version, path';

interface RawFinding {
  readonly position: string;
  readonly n: number;
  readonly rule: HistoryRule;
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
  readonly commit_id: string;
  readonly at: string;
  readonly until_commit: string | null;
  readonly until_at: string | null;
  readonly package: PackageId | null;
  readonly version: string | null;
  readonly path: string | null;
}

function toFinding(raw: RawFinding): HistoryFindingRow {
  const { rule, severity, message, commit_id: commit, at, until_commit: ended, until_at: endedAt } = raw;
  const until = ended === null || endedAt === null ? null : { commit: ended, at: endedAt };
  return { rule, severity, message, commit, at, until, package: raw.package, version: raw.version, path: raw.path };
}
