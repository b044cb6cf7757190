import { type PointerChange, type PointerEvent, type RecordedEvent } from '../../domain';
import { type SqliteDatabase } from '../../eventstore';
import { ACTIVATION_ACTION } from '../actions';
import { adoptionText, authorshipOf } from '../shown-event';
import { type Handlers } from '../tables/table-set';
import { type PackageTable } from './package-table';
import { PointerTable } from './pointer-table';
import { ReleaseTable } from './release-table';

/** What a move of the pointer does to the tables. */
export function pointerHandlers(
  database: SqliteDatabase,
  packages: PackageTable,
): Pick<Handlers, PointerEvent['type']> {
  const storeMove = moveWriter(database);
  const storeChange = database.prepare(
    'INSERT INTO activation_changes (revision, package, from_version, to_version) VALUES (?, ?, ?, ?)',
  );
  const releases = new ReleaseTable(database);
  const pointer = new PointerTable(database);

  const apply = (change: PointerChange, { revision, position, metadata }: RecordedEvent): void => {
    const { package: id, fromVersion, toVersion } = change;
    storeChange.run(revision, id, fromVersion, toVersion);
    packages.ensure(id);
    const before = pointer.activeVersion(id);
    if (before !== null && before !== toVersion) {
      releases.move({ package: id, version: before }, 'SUPERSEDED', metadata.eventId, position);
    }
    pointer.apply(change, revision);
    if (toVersion !== null) releases.move({ package: id, version: toVersion }, 'RELEASED', null, position);
    packages.refresh(id);
  };
  const move = (event: RecordedEvent<PointerEvent>): void => {
    storeMove(event);
    for (const change of event.data.changes) apply(change, event);
  };
  return { PointerAdopted: move, Activated: move, RolledBack: move, Deactivated: move };
}

function moveWriter(database: SqliteDatabase): (event: RecordedEvent<PointerEvent>) => void {
  const insert = database.prepare(`
    INSERT INTO activations (
      revision, id, position, action, at, in_force_from, actor, actor_name, reason, overrides, commit_id
    ) VALUES (
      ?, ?, ?, ?, ?,
      (SELECT coalesce(max(at, (SELECT in_force_from FROM activations ORDER BY revision DESC LIMIT 1)), at)
        FROM (SELECT ? AS at)),
      ?, ?, ?, ?, ?)`);
  return (event) => {
    const { revision, type, position, metadata } = event;
    const { actor, at } = authorshipOf(event);
    const { reason, overrides, commit } = saidBy(event);
    const action = ACTIVATION_ACTION[type];
    insert.run(revision, metadata.eventId, position, action, at, at, actor.id, actor.name, reason, overrides, commit);
  };
}

function saidBy(event: RecordedEvent<PointerEvent>): {
  readonly reason: string;
  readonly overrides: string;
  readonly commit: string | null;
} {
  if (event.type !== 'PointerAdopted') {
    return { reason: event.data.reason, overrides: JSON.stringify(event.data.overrides), commit: null };
  }
  const { commit, origin } = event.data;
  return { reason: adoptionText(commit, origin), overrides: '[]', commit };
}
