import { type Pulse, type SqliteDatabase } from '../../eventstore';
import { type Publications } from '../read-model';

export const PUBLICATIONS_TABLE = 'publications';

export function createPublications(database: SqliteDatabase): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS ${PUBLICATIONS_TABLE} (event TEXT PRIMARY KEY, commit_id TEXT NOT NULL) STRICT, WITHOUT ROWID`);
}

/** The publications in an open read model. `recorded` wakes those who wait for commits. */
export function publicationsIn(database: SqliteDatabase, recorded: Pulse): Publications {
  const insert = database.prepare(`
    INSERT INTO publications (event, commit_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET commit_id = excluded.commit_id`);
  const find = database.prepare<{ commit: string | null }>(`
    SELECT p.commit_id AS "commit" FROM json_each(?) k LEFT JOIN publications p ON p.event = k.value ORDER BY k.key`);
  const total = database.prepare<{ total: number }>('SELECT count(*) AS total FROM publications');
  return {
    record: (eventId, commit) => {
      insert.run(eventId, commit);
      recorded.notify();
    },
    commitsOf: (eventIds) => find.all(JSON.stringify(eventIds)).map(({ commit }) => commit),
    count: () => total.get()?.total ?? 0,
    clear: () => database.exec('DELETE FROM publications'),
  };
}
