import { type RecordedEvent, type Staged, type ValidationFailed } from '../../domain';
import { type SqliteDatabase } from '../../eventstore';
import { adoptionText, authorshipOf } from '../shown-event';
import { type Handlers } from '../tables/table-set';
import { type PackageTable } from './package-table';
import { PointerTable } from './pointer-table';
import { ReleaseTable } from './release-table';

/** What the events of a package's stream do to the tables. */
export function packageHandlers(
  database: SqliteDatabase,
  packages: PackageTable,
): Pick<Handlers, 'ReleaseAdopted' | 'Committed' | 'ValidationFailed' | 'Staged' | 'Tagged'> {
  const releases = new ReleaseTable(database);
  const pointer = new PointerTable(database);
  const storeReport = reportWriter(database, releases);
  return {
    ReleaseAdopted: (event) => {
      const { origin, ...facts } = event.data;
      const { actor, at } = authorshipOf(event);
      const message = adoptionText(facts.commit, origin);
      const known = { adopted: true, changeType: null, baseVersion: null, draft: null };
      // The pointer may have named the version before its directory was adopted.
      const { state, retiredBy } = pointer.standingOf(facts.package, facts.version);
      packages.ensure(facts.package);
      releases.put(
        { ...facts, ...known, message, committedBy: actor, committedAt: at },
        state,
        retiredBy,
        event.position,
      );
      packages.refresh(facts.package);
    },
    Committed: (event) => {
      const { actor, at } = authorshipOf(event);
      packages.ensure(event.data.package);
      const release = { ...event.data, adopted: false, committedBy: actor, committedAt: at };
      releases.put(release, 'COMMITTED', null, event.position);
      packages.refresh(event.data.package);
    },
    ValidationFailed: storeReport,
    Staged: (event) => {
      const { package: id, version } = event.data;
      const { actor, at } = authorshipOf(event);
      storeReport(event);
      releases.setStaged(id, version, actor, at);
      releases.move(event.data, 'STAGED', null, event.position);
    },
    Tagged: ({ data, position }) => releases.setTag(data.package, data.version, data.tag, position),
  };
}

function reportWriter(
  database: SqliteDatabase,
  releases: ReleaseTable,
): (event: RecordedEvent<Staged> | RecordedEvent<ValidationFailed>) => void {
  const insert = database.prepare(`
    INSERT INTO reports (id, package, version, commit_id, tree, valid, report, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  return ({ data, metadata, position }) => {
    const { package: id, version, commit, tree, report } = data;
    const valid = report.valid;
    insert.run(metadata.eventId, id, version, commit, tree, valid ? 1 : 0, JSON.stringify(report), position);
    releases.setReport(id, version, metadata.eventId, valid, position);
  };
}
