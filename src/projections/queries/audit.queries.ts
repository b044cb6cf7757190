import { type Page, type PageRequest } from '../page';
import { type AuditFilter } from '../read-model';
import { type AuditAction, type AuditRow } from '../rows';
import { is, isOneOf, when } from './condition';
import { readPage } from './read-page';
import { type Statements } from './statements';

/** Newest first. */
export function auditLog(statements: Statements, filter: AuditFilter, page: PageRequest): Page<AuditRow> {
  return readPage<RawEntry, AuditRow>(
    statements,
    {
      columns: COLUMNS,
      from: 'audit_entries a',
      conditions: [
        ...when(filter.package, is('package')),
        ...when(filter.actor, is('actor')),
        ...when(filter.actions, isOneOf('action')),
        ...when(filter.from, (from) => ({ sql: 'at >= ?', values: [from] })),
        ...when(filter.to, (to) => ({ sql: 'at <= ?', values: [to] })),
      ],
      key: { at: 'string', position: 'string', n: 'number' },
      direction: 'DESC',
      keyOf: ({ at, position, n }) => [at, position, n],
      toRow: toAudit,
    },
    page,
  );
}

const COLUMNS = `position, n, action, at, actor, actor_name, package, version, previous_version, reason, message,
  coalesce(a.commit_id, (SELECT p.commit_id FROM publications p WHERE p.event = a.event)) AS commit_id,
  event, moves, reports`;

interface RawEntry {
  readonly position: string;
  readonly n: number;
  readonly action: AuditAction;
  readonly at: string;
  readonly actor: string;
  readonly actor_name: string;
  readonly package: string | null;
  readonly version: string | null;
  readonly previous_version: string | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly commit_id: string | null;
  readonly event: string;
  readonly moves: number;
  readonly reports: number;
}

function toAudit(raw: RawEntry): AuditRow {
  return {
    id: raw.package === null ? raw.event : `${raw.event}/${raw.package}`,
    position: raw.position,
    action: raw.action,
    at: raw.at,
    actor: { id: raw.actor, name: raw.actor_name },
    package: raw.package,
    version: raw.version,
    previousVersion: raw.previous_version,
    reason: raw.reason,
    message: raw.message,
    commit: raw.commit_id,
    event: raw.event,
    activation: raw.moves === 1 ? raw.event : null,
    validation: raw.reports === 1 ? raw.event : null,
  };
}
