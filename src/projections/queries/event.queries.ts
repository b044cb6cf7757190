import { type PackageId, type RecordedEvent } from '../../domain';
import { type EventStore } from '../../eventstore';
import { type Page } from '../page';
import { type EventFilter, type EventRange } from '../read-model';
import { type EventRow } from '../rows';
import { is, isOneOf, when, whereClause, type Condition } from './condition';
import { inOrderOf } from './in-order-of';
import { count, valuesOf } from './read-page';
import { type Statements } from './statements';

/** Oldest first; a cursor is the position of its event. */
export function events(statements: Statements, range: EventRange, filter: EventFilter, first: number): Page<EventRow> {
  const whole = [
    ...when(filter.types, isOneOf('type')),
    ...when(filter.package, isAbout),
    ...when(filter.actor, is('actor')),
    ...when(range.until, (until) => ({ sql: 'position <= ?', values: [until] })),
  ];
  const conditions = [...whole, ...when(range.after, (after) => ({ sql: 'position > ?', values: [after] }))];
  const sql = `SELECT ${COLUMNS} FROM events ${whereClause(conditions)} ORDER BY position LIMIT ?`;
  const rows = statements.prepare<EventRow>(sql).all(...valuesOf(conditions), first + 1);
  return {
    edges: rows.slice(0, first).map((node) => ({ node, cursor: node.position })),
    hasNextPage: rows.length > first,
    hasPreviousPage: range.after !== null && range.after !== undefined,
    totalCount: () => count(statements, 'events', whole),
  };
}

export function eventsById(statements: Statements, ids: readonly string[]): readonly (EventRow | null)[] {
  const sql = `SELECT ${COLUMNS} FROM events WHERE id IN (SELECT value FROM json_each(?))`;
  const rows = statements.prepare<EventRow>(sql).all(JSON.stringify(ids));
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** The events themselves, in the order of the ids. */
export async function loadEvents(
  statements: Statements,
  store: EventStore,
  ids: readonly string[],
): Promise<readonly (RecordedEvent | null)[]> {
  const places = eventsById(statements, ids).filter((row) => row !== null);
  const loaded = await Promise.all(runsOf(places).map((run) => readRun(store, run)));
  return inOrderOf(ids, loaded.flat(), ({ metadata }) => metadata.eventId);
}

/** Events that follow each other in one stream: the store reads them at once. */
interface Run {
  readonly stream: string;
  readonly fromRevision: number;
  limit: number;
}

function runsOf(rows: readonly EventRow[]): readonly Run[] {
  const sorted = [...rows].sort((a, b) => compare(a.stream, b.stream) || a.revision - b.revision);
  const runs: Run[] = [];
  for (const { stream, revision } of sorted) {
    const last = runs.at(-1);
    if (last?.stream === stream && revision < last.fromRevision + last.limit) continue;
    if (last?.stream === stream && revision === last.fromRevision + last.limit) last.limit += 1;
    else runs.push({ stream, fromRevision: revision, limit: 1 });
  }
  return runs;
}

async function readRun(store: EventStore, { stream, fromRevision, limit }: Run): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of store.readStream(stream, { fromRevision, limit })) events.push(event);
  return events;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isAbout(id: PackageId): Condition {
  return { sql: 'position IN (SELECT position FROM event_packages WHERE package = ?)', values: [id] };
}

const COLUMNS = 'id, position, stream, revision, type, occurred_at AS occurredAt, actor AS actorId';
