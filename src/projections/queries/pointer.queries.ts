import { OutOfHistory, type Position } from '../../domain';
import { type ActiveEntryRow, type ActiveReleasesRow, type PointerMap } from '../rows';
import { type Statements } from './statements';

interface Move {
  readonly revision: number;
  readonly position: Position;
  readonly commit: string | null;
}

/** After the last move; where there is none, as of `seen`, the last event of the tables. */
export function activeNow(statements: Statements, seen: Position | null): ActiveReleasesRow | null {
  return seen === null ? null : activeAtPosition(statements, seen);
}

/** After the last move at or before a position. */
export function activeAtPosition(statements: Statements, position: Position): ActiveReleasesRow {
  const sql = `SELECT ${MOVE} FROM activations a WHERE position <= ? ORDER BY position DESC LIMIT 1`;
  return mapAfter(statements, statements.prepare<Move>(sql).get(position), position);
}

/** After the last move at or before an instant. @throws OutOfHistory for one before the first event, or commit of an adopted history. */
export function activeAt(statements: Statements, instant: string): ActiveReleasesRow {
  const sql = `SELECT ${MOVE} FROM activations a WHERE in_force_from <= ? ORDER BY in_force_from DESC, revision DESC LIMIT 1`;
  const lastEvent = 'SELECT position FROM audit_entries WHERE at <= ? ORDER BY at DESC, position DESC LIMIT 1';
  // A history may begin with commits that moved and released nothing.
  const begun = 'SELECT position FROM history_begins WHERE at <= ? ORDER BY position LIMIT 1';
  const seen =
    statements.prepare<{ position: Position }>(lastEvent).get(instant) ??
    statements.prepare<{ position: Position }>(begun).get(instant);
  if (seen === undefined) throw new OutOfHistory(earliestMoment(statements));
  return mapAfter(statements, statements.prepare<Move>(sql).get(instant), seen.position);
}

/** Instant of the first event, or of the first commit of an adopted history; null when there is none. */
export function earliestMoment(statements: Statements): string | null {
  const sql = `
    SELECT min(earliest) AS earliest FROM
      (SELECT min(at) AS earliest FROM audit_entries UNION ALL SELECT min(at) FROM history_begins)`;
  return statements.prepare<{ earliest: string | null }>(sql).get()?.earliest ?? null;
}

/** The whole map after each of these revisions. */
export function pointersAt(statements: Statements, revisions: readonly number[]): readonly PointerMap[] {
  const sql = `
    SELECT k.key AS n, i.package, i.version FROM json_each(?) k CROSS JOIN ${intervalsAt('k.value')}
    ORDER BY k.key, i.package`;
  const rows = statements.prepare<{ n: number; package: string; version: string }>(sql);
  const maps: [string, string][][] = revisions.map(() => []);
  for (const row of rows.iterate(JSON.stringify(revisions))) maps[row.n]?.push([row.package, row.version]);
  return maps.map((entries) => Object.fromEntries(entries));
}

function mapAfter(statements: Statements, move: Move | undefined, seen: Position): ActiveReleasesRow {
  if (move === undefined) return { position: seen, revision: -1, commit: null, pointer: {}, entries: [] };
  const entries = statements
    .prepare<RawEntry>(ENTRIES)
    .all(JSON.stringify([move.revision]))
    .map(toEntry);
  return { ...move, pointer: Object.fromEntries(entries.map((entry) => [entry.package, entry.version])), entries };
}

const MOVE = `revision, position,
  coalesce(a.commit_id, (SELECT p.commit_id FROM publications p WHERE p.event = a.id)) AS "commit"`;

/** From each package's past one step finds what was in force: the past of the whole map is never scanned. */
function intervalsAt(revision: string): string {
  return `packages CROSS JOIN pointer_intervals i ON i.package = packages.id AND i.from_revision =
      (SELECT max(from_revision) FROM pointer_intervals WHERE package = packages.id AND from_revision <= ${revision})
    AND (i.to_revision IS NULL OR i.to_revision > ${revision})`;
}

const ENTRIES = `
  SELECT i.package, i.version, i.previous_version, a.id, a.actor, a.actor_name, a.at, a.reason, a.position
  FROM json_each(?) k CROSS JOIN ${intervalsAt('k.value')} JOIN activations a ON a.revision = i.from_revision
  ORDER BY i.package`;

interface RawEntry {
  readonly package: string;
  readonly version: string;
  readonly previous_version: string | null;
  readonly id: string;
  readonly actor: string;
  readonly actor_name: string;
  readonly at: string;
  readonly reason: string;
  readonly position: string;
}

function toEntry(raw: RawEntry): ActiveEntryRow {
  return {
    package: raw.package,
    version: raw.version,
    previousVersion: raw.previous_version,
    activation: raw.id,
    activatedBy: { id: raw.actor, name: raw.actor_name },
    activatedAt: raw.at,
    reason: raw.reason,
    position: raw.position,
  };
}
