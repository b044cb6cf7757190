import { type Actor, type ChangeType, type PackageId, type Position, type Version } from '../../domain';
import { type SqliteDatabase, type SqliteStatement, type SqliteValue } from '../../eventstore';
import { type ReleaseState } from '../rows';
import { versionKey } from '../version-key';

/** What a release is when it is committed or adopted: everything said of it before no longer holds. */
export interface NewRelease {
  readonly package: PackageId;
  readonly version: Version;
  readonly adopted: boolean;
  readonly changeType: ChangeType | null;
  readonly baseVersion: Version | null;
  readonly message: string;
  readonly commit: string;
  readonly tree: string;
  readonly displayName: string | null;
  readonly requires: readonly PackageId[];
  readonly draft: string | null;
  readonly committedBy: Actor;
  readonly committedAt: string;
}

interface Standing {
  readonly state: ReleaseState;
}

/** The rows of `releases` and, for each state they come into, of `release_changes`. */
export class ReleaseTable {
  private readonly standing: SqliteStatement<Standing>;
  private readonly replace: SqliteStatement<unknown>;
  private readonly inState: SqliteStatement<unknown>;
  private readonly reported: SqliteStatement<unknown>;
  private readonly stagedBy: SqliteStatement<unknown>;
  private readonly tagged: SqliteStatement<unknown>;
  private readonly change: SqliteStatement<unknown>;

  constructor(database: SqliteDatabase) {
    this.standing = database.prepare('SELECT state FROM releases WHERE package = ? AND version = ?');
    this.replace = database.prepare(REPLACE);
    this.inState = database.prepare(
      'UPDATE releases SET state = ?, retired_by = ?, changed_at = ? WHERE package = ? AND version = ?',
    );
    this.reported = database.prepare(
      'UPDATE releases SET report = ?, valid = ?, changed_at = ? WHERE package = ? AND version = ?',
    );
    this.stagedBy = database.prepare(
      'UPDATE releases SET staged_by = ?, staged_by_name = ?, staged_at = ? WHERE package = ? AND version = ?',
    );
    this.tagged = database.prepare('UPDATE releases SET tag = ?, changed_at = ? WHERE package = ? AND version = ?');
    this.change = database.prepare(`
      INSERT INTO release_changes (position, n, package, version, from_state, to_state)
      VALUES (?, (SELECT coalesce(max(n) + 1, 0) FROM release_changes WHERE position = ?), ?, ?, ?, ?)`);
  }

  /** The state of a release; null when there is none. */
  stateOf(packageId: PackageId, version: Version): ReleaseState | null {
    return this.standing.get(packageId, version)?.state ?? null;
  }

  /** Puts a release in the place of what the version was, if anything. */
  put(release: NewRelease, state: ReleaseState, retiredBy: string | null, position: Position): void {
    const { package: id, version, committedBy } = release;
    const before = this.stateOf(id, version);
    const values: SqliteValue[] = [id, version, versionKey(version), state, release.adopted ? 1 : 0];
    values.push(release.changeType, release.baseVersion, release.message, release.commit, release.tree);
    values.push(release.displayName, JSON.stringify(release.requires), release.draft);
    values.push(committedBy.id, committedBy.name, release.committedAt, retiredBy, position);
    this.replace.run(...values);
    this.recordChange(id, version, before, state, position);
  }

  /** Moves a release into a state; nothing happens where there is no such release. */
  move(
    key: { readonly package: PackageId; readonly version: Version },
    state: ReleaseState,
    retiredBy: string | null,
    position: Position,
  ): void {
    const before = this.stateOf(key.package, key.version);
    if (before === null) return;
    this.inState.run(state, retiredBy, position, key.package, key.version);
    if (before !== state) this.recordChange(key.package, key.version, before, state, position);
  }

  setReport(packageId: PackageId, version: Version, report: string, valid: boolean, position: Position): void {
    this.reported.run(report, valid ? 1 : 0, position, packageId, version);
  }

  setStaged(packageId: PackageId, version: Version, by: Actor, at: string): void {
    this.stagedBy.run(by.id, by.name, at, packageId, version);
  }

  setTag(packageId: PackageId, version: Version, tag: string, position: Position): void {
    this.tagged.run(tag, position, packageId, version);
  }

  private recordChange(
    packageId: PackageId,
    version: Version,
    from: ReleaseState | null,
    to: ReleaseState,
    position: Position,
  ): void {
    this.change.run(position, position, packageId, version, from, to);
  }
}

// A report stays while the content is the one it speaks of.
const REPLACE = `
  INSERT INTO releases (
    package, version, version_key, state, adopted, change_type, base_version, message, commit_id, tree,
    display_name, requires, draft, committed_by, committed_by_name, committed_at, retired_by, changed_at
  ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET
    state = excluded.state, adopted = excluded.adopted, change_type = excluded.change_type,
    base_version = excluded.base_version, message = excluded.message, commit_id = excluded.commit_id,
    display_name = excluded.display_name, requires = excluded.requires, draft = excluded.draft,
    committed_by = excluded.committed_by, committed_by_name = excluded.committed_by_name,
    committed_at = excluded.committed_at, staged_by = NULL, staged_by_name = NULL, staged_at = NULL,
    report = CASE WHEN tree = excluded.tree THEN report END, valid = CASE WHEN tree = excluded.tree THEN valid END,
    tree = excluded.tree, retired_by = excluded.retired_by, tag = NULL, changed_at = excluded.changed_at`;
