import { type PackageId, type PointerEvent, type RecordedEvent, type Version } from '../../domain';
import { type SqliteDatabase } from '../../eventstore';
import { AUDIT_ACTION } from '../actions';
import { adoptionText, authorshipOf, resolutionText } from '../shown-event';
import { type Handlers } from '../tables/table-set';

interface Entry {
  readonly package?: PackageId;
  readonly version?: Version | null;
  readonly previousVersion?: Version | null;
  readonly reason?: string;
  readonly message?: string;
  /** Left open for an event that is a commit on `main`: that comes with its publication. */
  readonly commit?: string;
  readonly moves?: boolean;
  readonly reports?: boolean;
}

/** One entry for each event and package. */
export function auditHandlers(database: SqliteDatabase): Handlers {
  const write = entryWriter(database);
  const move = (event: RecordedEvent<PointerEvent>): void => write(event, entriesOfMove(event));
  return {
    Adopted: (event) => {
      const { commit } = event.data;
      write(event, [{ message: adoptionText(commit, null), commit }]);
    },
    HistoryFindings: (event) => {
      const { commit, findings } = event.data;
      write(event, [{ message: `History up to ${commit}, findings: ${String(findings.length)}`, commit }]);
    },
    DriftResolved: (event) => {
      const { found, reason } = event.data;
      const entry = { message: resolutionText(event.data), ...(reason === null ? {} : { reason }) };
      write(event, [found === null ? entry : { ...entry, commit: found }]);
    },
    ReleaseAdopted: (event) => {
      const { package: id, version, commit, origin } = event.data;
      write(event, [{ package: id, version, message: adoptionText(commit, origin), commit }]);
    },
    Committed: (event) => {
      const { package: id, version, baseVersion, message, commit } = event.data;
      write(event, [{ package: id, version, previousVersion: baseVersion, message, commit }]);
    },
    ValidationFailed: (event) => {
      const { package: id, version, commit } = event.data;
      write(event, [{ package: id, version, commit, reports: true }]);
    },
    Staged: (event) => {
      const { package: id, version } = event.data;
      write(event, [{ package: id, version, reports: true }]);
    },
    Tagged: (event) => {
      const { package: id, version, message, commit } = event.data;
      write(event, [{ package: id, version, message, commit }]);
    },
    PointerAdopted: move,
    Activated: move,
    RolledBack: move,
    Deactivated: move,
  };
}

function entriesOfMove(event: RecordedEvent<PointerEvent>): readonly Entry[] {
  const said =
    event.type === 'PointerAdopted'
      ? { reason: adoptionText(event.data.commit, event.data.origin), commit: event.data.commit }
      : { reason: event.data.reason };
  const entries = event.data.changes.map((change) => {
    const { package: id, fromVersion, toVersion } = change;
    return { ...said, package: id, version: toVersion, previousVersion: fromVersion, moves: true };
  });
  // An empty map was adopted: that is on record too.
  return entries.length === 0 ? [{ ...said, moves: true }] : entries;
}

function entryWriter(database: SqliteDatabase): (event: RecordedEvent, entries: readonly Entry[]) => void {
  const insert = database.prepare(`
    INSERT INTO audit_entries (
      position, n, action, at, actor, actor_name, event,
      package, version, previous_version, reason, message, commit_id, moves, reports
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return (event, entries) => {
    const { actor, at } = authorshipOf(event);
    const action = AUDIT_ACTION[event.type];
    entries.forEach((entry, n) => {
      const { package: id = null, version = null, previousVersion = null } = entry;
      const { reason = null, message = null, commit = null, moves = false, reports = false } = entry;
      const place = [event.position, n, action, at, actor.id, actor.name, event.metadata.eventId] as const;
      const said = [id, version, previousVersion, reason, message, commit, moves ? 1 : 0, reports ? 1 : 0] as const;
      insert.run(...place, ...said);
    });
  };
}
