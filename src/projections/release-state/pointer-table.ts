import { type PackageId, type PointerChange, type Version } from '../../domain';
import { type SqliteDatabase, type SqliteStatement } from '../../eventstore';
import { type ReleaseState } from '../rows';

/** The rows of `pointer_intervals` and `active_requires`. */
export class PointerTable {
  private readonly open: SqliteStatement<{ version: Version }>;
  private readonly last: SqliteStatement<{ retiredBy: string | null }>;
  private readonly close: SqliteStatement<unknown>;
  private readonly begin: SqliteStatement<unknown>;
  private readonly forget: SqliteStatement<unknown>;
  private readonly require: SqliteStatement<unknown>;

  constructor(database: SqliteDatabase) {
    // The open interval is the last one: found from the end, however many there are.
    this.open = database.prepare(`
      SELECT version FROM pointer_intervals WHERE package = ? AND to_revision IS NULL
      ORDER BY from_revision DESC LIMIT 1`);
    this.last = database.prepare(`
      SELECT (SELECT id FROM activations WHERE revision = to_revision) AS retiredBy
      FROM pointer_intervals WHERE package = ? AND version = ? ORDER BY from_revision DESC LIMIT 1`);
    this.close = database.prepare(`
      UPDATE pointer_intervals SET to_revision = ?2 WHERE package = ?1 AND to_revision IS NULL
        AND from_revision = (SELECT max(from_revision) FROM pointer_intervals WHERE package = ?1)`);
    this.begin = database.prepare(
      'INSERT INTO pointer_intervals (package, from_revision, version, previous_version) VALUES (?, ?, ?, ?)',
    );
    this.forget = database.prepare('DELETE FROM active_requires WHERE package = ?');
    this.require = database.prepare(
      'INSERT INTO active_requires (package, requires) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
  }

  /** What the map names for the package; null when it is not in it. */
  activeVersion(id: PackageId): Version | null {
    return this.open.get(id)?.version ?? null;
  }

  /** What the pointer alone says of a version. */
  standingOf(id: PackageId, version: Version): { readonly state: ReleaseState; readonly retiredBy: string | null } {
    const last = this.last.get(id, version);
    if (last === undefined) return { state: 'COMMITTED', retiredBy: null };
    return { state: last.retiredBy === null ? 'RELEASED' : 'SUPERSEDED', retiredBy: last.retiredBy };
  }

  /** Applies one change of the move at `revision`. */
  apply({ package: id, toVersion, requires }: PointerChange, revision: number): void {
    const previous = this.activeVersion(id);
    this.close.run(id, revision);
    this.forget.run(id);
    if (toVersion === null) return;
    this.begin.run(id, revision, toVersion, previous);
    for (const required of requires) this.require.run(id, required);
  }
}
