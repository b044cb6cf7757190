import { type ChangeType, draftBranchName, type PackageId } from '../../domain';
import { type Page, type PageRequest } from '../page';
import { type ReleaseFilter } from '../read-model';
import { type ReleaseKey, type ReleaseRow, type ReleaseState } from '../rows';
import { is, isOneOf, when, type Condition } from './condition';
import { groupsInOrderOf, inOrderOf } from './in-order-of';
import { readPage } from './read-page';
import { type Statements } from './statements';

/** The board: newest change first. */
export function releases(statements: Statements, filter: ReleaseFilter, page: PageRequest): Page<ReleaseRow> {
  return readPage<RawRelease, ReleaseRow>(
    statements,
    {
      columns: COLUMNS,
      from: 'releases',
      conditions: [
        ...when(filter.package, is('package')),
        ...when(filter.states, isOneOf('state')),
        ...when(filter.kind, ofKind),
        ...when(filter.valid, (valid) => is('valid')(valid ? 1 : 0)),
      ],
      key: { changed_at: 'string', package: 'string', version: 'string' },
      direction: 'DESC',
      keyOf: (raw) => [raw.changed_at, raw.package, raw.version],
      toRow: toRelease,
    },
    page,
  );
}

/** Highest version first. */
export function releasesOfPackage(
  statements: Statements,
  packageId: PackageId,
  states: readonly ReleaseState[] | null | undefined,
  page: PageRequest,
): Page<ReleaseRow> {
  return readPage<RawRelease, ReleaseRow>(
    statements,
    {
      columns: COLUMNS,
      from: 'releases',
      conditions: [is('package')(packageId), ...when(states, isOneOf('state'))],
      key: { version_key: 'string' },
      direction: 'DESC',
      keyOf: (raw) => [raw.version_key],
      toRow: toRelease,
    },
    page,
  );
}

export function releasesByKey(statements: Statements, keys: readonly ReleaseKey[]): readonly (ReleaseRow | null)[] {
  const sql = `
    SELECT ${COLUMNS} FROM releases WHERE (package, version) IN (SELECT value->>0, value->>1 FROM json_each(?))`;
  const wanted = keys.map((key) => [key.package, key.version]);
  const rows = statements.prepare<RawRelease>(sql).all(JSON.stringify(wanted)).map(toRelease);
  return inOrderOf(keys.map(releaseId), rows, ({ id }) => id);
}

export function activeReleaseOf(statements: Statements, ids: readonly PackageId[]): readonly (ReleaseRow | null)[] {
  const sql = `
    SELECT ${COLUMNS} FROM releases WHERE (package, version) IN
      (SELECT id, active_version FROM packages WHERE id IN (SELECT value FROM json_each(?)))`;
  const rows = statements.prepare<RawRelease>(sql).all(JSON.stringify(ids)).map(toRelease);
  return inOrderOf(ids, rows, (row) => row.package);
}

/** Newest commit first. */
export function releasesOfDraft(statements: Statements, drafts: readonly string[]): readonly (readonly ReleaseRow[])[] {
  const sql = `
    SELECT ${COLUMNS} FROM releases WHERE draft IN (SELECT value FROM json_each(?))
    ORDER BY committed_at DESC, version_key DESC`;
  const rows = statements.prepare<RawRelease>(sql).all(JSON.stringify(drafts)).map(toRelease);
  return groupsInOrderOf(
    drafts,
    rows,
    ({ draft }) => draft ?? '',
    (row) => row,
  );
}

const COLUMNS = `package, version, version_key, state, adopted, change_type, base_version, message, commit_id, tree,
  display_name, requires, draft, committed_by, committed_by_name, committed_at, staged_by, staged_by_name, staged_at,
  report, retired_by, tag, changed_at`;

interface RawRelease {
  readonly package: string;
  readonly version: string;
  readonly version_key: string;
  readonly state: ReleaseState;
  readonly adopted: number;
  readonly change_type: ChangeType | null;
  readonly base_version: string | null;
  readonly message: string;
  readonly commit_id: string;
  readonly tree: string;
  readonly display_name: string | null;
  readonly requires: string;
  readonly draft: string | null;
  readonly committed_by: string;
  readonly committed_by_name: string;
  readonly committed_at: string;
  readonly staged_by: string | null;
  readonly staged_by_name: string | null;
  readonly staged_at: string | null;
  readonly report: string | null;
  readonly retired_by: string | null;
  readonly tag: string | null;
  readonly changed_at: string;
}

function toRelease(raw: RawRelease): ReleaseRow {
  const { staged_by: stagedBy, staged_by_name: stagedByName } = raw;
  return {
    id: releaseId(raw),
    package: raw.package,
    version: raw.version,
    state: raw.state,
    adopted: raw.adopted === 1,
    changeType: raw.change_type,
    baseVersion: raw.base_version,
    message: raw.message,
    commit: raw.commit_id,
    tree: raw.tree,
    displayName: raw.display_name,
    requires: JSON.parse(raw.requires) as string[], // only package ids are ever written there
    draft: raw.draft,
    branch: raw.draft === null ? null : draftBranchName(raw.draft),
    committedBy: { id: raw.committed_by, name: raw.committed_by_name },
    committedAt: raw.committed_at,
    stagedBy: stagedBy === null || stagedByName === null ? null : { id: stagedBy, name: stagedByName },
    stagedAt: raw.staged_at,
    reportId: raw.report,
    retiredBy: raw.retired_by,
    tag: raw.tag,
    changedAt: raw.changed_at,
  };
}

function releaseId(key: ReleaseKey): string {
  return `${key.package}@${key.version}`;
}

function ofKind(kind: string): Condition {
  return { sql: 'package IN (SELECT id FROM packages WHERE kind = ?)', values: [kind] };
}
