import * as semver from 'semver';

// Older ones can corrupt a WAL database that two connections use: https://sqlite.org/wal.html#walresetbug
const SOUND = '>=3.51.3 || ~3.50.7 || ~3.44.6';

/** True for a version of SQLite with the WAL-reset race fixed: 3.51.3 and later, or one of the fixed backports. */
export function isSoundSqlite(version: string): boolean {
  return semver.satisfies(version, SOUND);
}
