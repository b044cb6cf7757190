import { type HistoryFindings, type RecordedEvent } from '../../domain';
import { type SqliteDatabase } from '../../eventstore';
import { type TableSet } from '../tables/table-set';

const SCHEMA = `
  CREATE TABLE history_findings (
    position TEXT NOT NULL, n INTEGER NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL,
    commit_id TEXT NOT NULL, at TEXT NOT NULL, until_commit TEXT, until_at TEXT,
    package TEXT, version TEXT, path TEXT,
    PRIMARY KEY (position, n)
  ) STRICT, WITHOUT ROWID;

  -- Since when the record reaches back: never after the event that says so.
  CREATE TABLE history_begins (
    position TEXT PRIMARY KEY, commit_id TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

const INDEXES = `
  CREATE INDEX history_findings_of_package ON history_findings (package, position, n);
  CREATE INDEX history_findings_of_rule ON history_findings (rule, position, n);
`;

/** What is known of the time before Slipway. */
export const HISTORY: TableSet = {
  name: 'history',
  version: 1,
  schema: SCHEMA,
  indexes: INDEXES,
  projector: (database) => {
    const write = findingsWriter(database);
    return (event) => {
      if (event.type === 'HistoryFindings') write(event);
    };
  },
};

function findingsWriter(database: SqliteDatabase): (event: RecordedEvent<HistoryFindings>) => void {
  const insert = database.prepare(`
    INSERT INTO history_findings (
      position, n, rule, severity, message, commit_id, at, until_commit, until_at, package, version, path
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const begin = database.prepare('INSERT INTO history_begins (position, commit_id, at) VALUES (?, ?, ?)');
  return ({ position, data, metadata }) => {
    const { commit, at } = data.since;
    begin.run(position, commit, at > metadata.occurredAt ? metadata.occurredAt : at);
    data.findings.forEach((finding, n) => {
      const { rule, severity, message, until, package: id, version, path } = finding;
      const ended = [until?.commit ?? null, until?.at ?? null] as const;
      insert.run(position, n, rule, severity, message, finding.commit, finding.at, ...ended, id, version, path);
    });
  };
}
