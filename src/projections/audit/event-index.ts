import { type PackageId, type RecordedEvent } from '../../domain';
import { type SqliteDatabase } from '../../eventstore';

/** Notes where an event stands and which packages it is about. Its content stays in the event store. */
export function eventIndexer(database: SqliteDatabase): (event: RecordedEvent) => void {
  const insert = database.prepare(
    'INSERT INTO events (position, id, stream, revision, type, occurred_at, actor) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertPackage = database.prepare('INSERT INTO event_packages (package, position) VALUES (?, ?)');
  return (event) => {
    const { position, stream, revision, type, metadata } = event;
    insert.run(position, metadata.eventId, stream, revision, type, metadata.occurredAt, metadata.actor.id);
    for (const id of packagesOf(event)) insertPackage.run(id, position);
  };
}

function packagesOf({ data }: RecordedEvent): readonly PackageId[] {
  if ('package' in data) return [data.package];
  return 'changes' in data ? data.changes.map((change) => change.package) : [];
}
