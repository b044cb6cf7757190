import { type PackageId, type Position } from '../../domain';
import { type Page, type PageRequest } from '../page';
import { type ActivationFilter } from '../read-model';
import { type ActivationAction, type ActivationChangeRow, type ActivationRow, type ReleaseKey } from '../rows';
import { is, isOneOf, when, whereClause, type Condition } from './condition';
import { inOrderOf } from './in-order-of';
import { readPage, valuesOf } from './read-page';
import { type Statements } from './statements';

/** Newest first. */
export function activations(statements: Statements, filter: ActivationFilter, page: PageRequest): Page<ActivationRow> {
  return newestFirst(
    statements,
    [
      ...when(filter.package, (id) => changesAnyOf([id])),
      ...when(filter.actor, is('actor')),
      ...when(filter.from, (from) => ({ sql: 'at >= ?', values: [from] })),
      ...when(filter.to, (to) => ({ sql: 'at <= ?', values: [to] })),
    ],
    page,
  );
}

/** The moves that put the release into production, newest first. */
export function activationsOfRelease(statements: Statements, key: ReleaseKey, page: PageRequest): Page<ActivationRow> {
  const condition = {
    sql: 'revision IN (SELECT revision FROM activation_changes WHERE package = ? AND to_version = ?)',
    values: [key.package, key.version],
  };
  return newestFirst(statements, [condition], page);
}

export function activationsById(statements: Statements, ids: readonly string[]): readonly (ActivationRow | null)[] {
  const sql = `SELECT ${COLUMNS} FROM ${FROM} WHERE id IN (SELECT value FROM json_each(?))`;
  const rows = statements.prepare<RawActivation>(sql).all(JSON.stringify(ids)).map(toActivation);
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** Oldest first; with packages, those that change one of them. */
export function activationsAfter(
  statements: Statements,
  after: Position | null,
  packages: readonly PackageId[] | null | undefined,
  limit: number,
): readonly ActivationRow[] {
  const conditions = [
    ...when(after, (position) => ({ sql: 'position > ?', values: [position] })),
    ...when(packages, changesAnyOf),
  ];
  const sql = `SELECT ${COLUMNS} FROM ${FROM} ${whereClause(conditions)} ORDER BY position LIMIT ?`;
  return statements
    .prepare<RawActivation>(sql)
    .all(...valuesOf(conditions), limit)
    .map(toActivation);
}

function newestFirst(statements: Statements, conditions: readonly Condition[], page: PageRequest): Page<ActivationRow> {
  return readPage<RawActivation, ActivationRow>(
    statements,
    {
      columns: COLUMNS,
      from: FROM,
      conditions,
      key: { revision: 'number' },
      direction: 'DESC',
      keyOf: ({ revision }) => [revision],
      toRow: toActivation,
    },
    page,
  );
}

function changesAnyOf(packages: readonly PackageId[]): Condition {
  const { sql, values } = isOneOf('package')(packages);
  return { sql: `revision IN (SELECT revision FROM activation_changes WHERE ${sql})`, values };
}

const FROM = 'activations a';

const COLUMNS = `id, position, revision, action, at, actor, actor_name, reason, overrides,
  coalesce(a.commit_id, (SELECT p.commit_id FROM publications p WHERE p.event = a.id)) AS commit_id,
  (SELECT json_group_array(json_object('package', c.package, 'fromVersion', c.from_version, 'toVersion', c.to_version)
    ORDER BY c.package) FROM activation_changes c WHERE c.revision = a.revision) AS changes`;

interface RawActivation {
  readonly id: string;
  readonly position: string;
  readonly revision: number;
  readonly action: ActivationAction;
  readonly at: string;
  readonly actor: string;
  readonly actor_name: string;
  readonly reason: string;
  readonly overrides: string;
  readonly commit_id: string | null;
  readonly changes: string;
}

function toActivation(raw: RawActivation): ActivationRow {
  return {
    id: raw.id,
    position: raw.position,
    revision: raw.revision,
    action: raw.action,
    at: raw.at,
    actor: { id: raw.actor, name: raw.actor_name },
    reason: raw.reason,
    overrides: JSON.parse(raw.overrides) as string[], // written from the event's own list
    changes: JSON.parse(raw.changes) as ActivationChangeRow[], // made by the SELECT above
    commit: raw.commit_id,
  };
}
