import { dispatch, type TableSet } from '../tables/table-set';
import { auditHandlers } from './audit-events';
import { eventIndexer } from './event-index';

const SCHEMA = `
  CREATE TABLE audit_entries (
    position TEXT NOT NULL, n INTEGER NOT NULL, action TEXT NOT NULL, at TEXT NOT NULL,
    actor TEXT NOT NULL, actor_name TEXT NOT NULL, package TEXT, version TEXT, previous_version TEXT,
    reason TEXT, message TEXT, commit_id TEXT, event TEXT NOT NULL, moves INTEGER NOT NULL, reports INTEGER NOT NULL,
    PRIMARY KEY (position, n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE events (
    position TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    type TEXT NOT NULL, occurred_at TEXT NOT NULL, actor TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event_packages (
    package TEXT NOT NULL, position TEXT NOT NULL, PRIMARY KEY (package, position)
  ) STRICT, WITHOUT ROWID;
`;

const INDEXES = `
  CREATE INDEX audit_in_time ON audit_entries (at, position, n);
  CREATE INDEX audit_of_package ON audit_entries (package, at, position, n);
  CREATE INDEX audit_of_actor ON audit_entries (actor, at, position, n);
  CREATE INDEX events_of_type ON events (type, position);
  CREATE INDEX events_of_actor ON events (actor, position);
`;

/** Who did what when, and where in the log it stands. */
export const AUDIT: TableSet = {
  name: 'audit',
  version: 2,
  schema: SCHEMA,
  indexes: INDEXES,
  projector: (database) => {
    const handlers = auditHandlers(database);
    const index = eventIndexer(database);
    return (event) => {
      dispatch(handlers, event);
      index(event);
    };
  },
};
