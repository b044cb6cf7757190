import { DEFAULT_LAYOUT, splitPackageId, type PackageId } from '../../domain';
import { type SqliteDatabase, type SqliteStatement } from '../../eventstore';

/** The rows of `packages`. */
export class PackageTable {
  private readonly defaultKind: SqliteStatement<{ value: string }>;
  private readonly insert: SqliteStatement<unknown>;
  private readonly refreshed: SqliteStatement<unknown>;
  private readonly storeDefaultKind: SqliteStatement<unknown>;
  private readonly moveToKind: SqliteStatement<unknown>;

  constructor(database: SqliteDatabase) {
    this.defaultKind = database.prepare(`SELECT value FROM settings WHERE key = 'default kind'`);
    this.insert = database.prepare('INSERT INTO packages (id, kind, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.refreshed = database.prepare(REFRESH);
    this.storeDefaultKind = database.prepare(
      `INSERT INTO settings (key, value) VALUES ('default kind', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
    );
    this.moveToKind = database.prepare(`UPDATE packages SET kind = ? WHERE instr(id, '/') = 0`);
  }

  /** The package has a row from now on. */
  ensure(id: PackageId): void {
    const { kind, name } = splitPackageId(id, this.defaultKind.get()?.value ?? DEFAULT_LAYOUT.defaultKind);
    this.insert.run(id, kind, name);
  }

  /** Takes over what its releases and the pointer now say of the package. */
  refresh(id: PackageId): void {
    this.refreshed.run(id);
  }

  /** Adoption says it last: packages that came before are of this kind too. */
  setDefaultKind(kind: string): void {
    this.storeDefaultKind.run(kind);
    this.moveToKind.run(kind);
  }
}

const ACTIVE = `(
      SELECT version FROM pointer_intervals WHERE package = packages.id AND to_revision IS NULL
      ORDER BY from_revision DESC LIMIT 1)`;

const REFRESH = `
  UPDATE packages SET
    active_version = ${ACTIVE},
    display_name = coalesce(
      (SELECT r.display_name FROM releases r WHERE r.package = packages.id AND r.version = ${ACTIVE}),
      (SELECT r.display_name FROM releases r WHERE r.package = packages.id AND r.display_name IS NOT NULL
        ORDER BY r.version_key DESC LIMIT 1))
  WHERE id = ?`;
