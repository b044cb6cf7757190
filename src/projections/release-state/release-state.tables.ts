import { dispatch, type TableSet } from '../tables/table-set';
import { packageHandlers } from './package-events';
import { pointerHandlers } from './pointer-events';
import { PackageTable } from './package-table';

const SCHEMA = `
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE packages (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, display_name TEXT, active_version TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE releases (
    package TEXT NOT NULL, version TEXT NOT NULL, version_key TEXT NOT NULL, state TEXT NOT NULL,
    adopted INTEGER NOT NULL, change_type TEXT, base_version TEXT, message TEXT NOT NULL,
    commit_id TEXT NOT NULL, tree TEXT NOT NULL, display_name TEXT, requires TEXT NOT NULL, draft TEXT,
    committed_by TEXT NOT NULL, committed_by_name TEXT NOT NULL, committed_at TEXT NOT NULL,
    staged_by TEXT, staged_by_name TEXT, staged_at TEXT,
    report TEXT, valid INTEGER, retired_by TEXT, tag TEXT, changed_at TEXT NOT NULL,
    PRIMARY KEY (package, version)
  ) STRICT;
  CREATE INDEX releases_by_version ON releases (package, version_key);

  CREATE TABLE reports (
    id TEXT PRIMARY KEY, package TEXT NOT NULL, version TEXT NOT NULL, commit_id TEXT NOT NULL, tree TEXT NOT NULL,
    valid INTEGER NOT NULL, report TEXT NOT NULL, position TEXT NOT NULL
  ) STRICT;

  -- in_force_from never falls from one move to the next, whatever the instants of adopted ones.
  CREATE TABLE activations (
    revision INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, position TEXT NOT NULL UNIQUE, action TEXT NOT NULL,
    at TEXT NOT NULL, in_force_from TEXT NOT NULL, actor TEXT NOT NULL, actor_name TEXT NOT NULL,
    reason TEXT NOT NULL, overrides TEXT NOT NULL, commit_id TEXT
  ) STRICT;

  CREATE TABLE activation_changes (
    revision INTEGER NOT NULL, package TEXT NOT NULL, from_version TEXT, to_version TEXT,
    PRIMARY KEY (revision, package)
  ) STRICT, WITHOUT ROWID;

  -- What the map held: from one revision up to, and without, another; null while it still does.
  CREATE TABLE pointer_intervals (
    package TEXT NOT NULL, from_revision INTEGER NOT NULL, to_revision INTEGER,
    version TEXT NOT NULL, previous_version TEXT,
    PRIMARY KEY (package, from_revision)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pointer_intervals_of_version ON pointer_intervals (package, version);

  CREATE TABLE active_requires (
    package TEXT NOT NULL, requires TEXT NOT NULL, PRIMARY KEY (package, requires)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE release_changes (
    position TEXT NOT NULL, n INTEGER NOT NULL, package TEXT NOT NULL, version TEXT NOT NULL,
    from_state TEXT, to_state TEXT NOT NULL,
    PRIMARY KEY (position, n)
  ) STRICT, WITHOUT ROWID;
`;

const INDEXES = `
  CREATE INDEX packages_of_kind ON packages (kind, id);
  CREATE INDEX releases_by_change ON releases (changed_at, package, version);
  CREATE INDEX releases_of_draft ON releases (draft);
  CREATE INDEX reports_of_release ON reports (package, version, position);
  CREATE INDEX activations_in_time ON activations (in_force_from, revision);
  CREATE INDEX activations_of_actor ON activations (actor, revision);
  CREATE INDEX activation_changes_of_package ON activation_changes (package, to_version, revision);
  CREATE INDEX active_requires_reversed ON active_requires (requires, package);
`;

/** Packages, releases, reports and the pointer through time. */
export const RELEASE_STATE: TableSet = {
  name: 'release-state',
  version: 1,
  schema: SCHEMA,
  indexes: INDEXES,
  projector: (database) => {
    const packages = new PackageTable(database);
    const handlers = {
      ...packageHandlers(database, packages),
      ...pointerHandlers(database, packages),
      HistoryFindings: (): void => undefined, // its own tables show it
      Adopted: ({ data }: { readonly data: { readonly layout: { readonly defaultKind: string } } }) =>
        packages.setDefaultKind(data.layout.defaultKind),
      DriftResolved: () => undefined,
    };
    return (event) => dispatch(handlers, event);
  },
};
