import { type Actor, type Role } from '../../domain';
import { openSqlite } from '../../eventstore';
import { looksLikeToken, newToken, tokenHash, tokenId } from './token-text';

/** A token as it is listed: everything but the token. */
export interface TokenRecord {
  /** Names the token in `token list` and `token revoke`. */
  readonly id: string;
  readonly actor: Actor;
  readonly role: Role;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** Who may sign in. Tokens are stored as hashes only; another process's changes are seen at the next look-up. */
export interface TokenStore {
  /** Makes a token, unless one of `newToken` is given, and answers it, the only time it can be seen. */
  create(input: { readonly actor: Actor; readonly role: Role; readonly now: string; readonly token?: string }): {
    readonly record: TokenRecord;
    readonly token: string;
  };
  /** Oldest first. */
  list(): readonly TokenRecord[];
  /** False when there is no such token, or it is revoked already. */
  revoke(id: string, now: string): boolean;
  /** Whose token this is; null for an unknown or revoked one. */
  verify(token: string): TokenRecord | null;
  close(): void;
}

interface Row {
  readonly id: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly role: Role;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

const COLUMNS = 'id, actor_id, actor_name, role, created_at, revoked_at';

/** Opens, or makes, the token database at `path`. */
export function openTokenStore({ path }: { readonly path: string }): TokenStore {
  const database = openSqlite({ path, synchronous: 'FULL' });
  database.exec(`CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL,
    role TEXT NOT NULL, created_at TEXT NOT NULL, revoked_at TEXT) STRICT`);
  const insert = database.prepare('INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, NULL)');
  const all = database.prepare<Row>(`SELECT ${COLUMNS} FROM tokens ORDER BY created_at, id`);
  const byHash = database.prepare<Row>(`SELECT ${COLUMNS} FROM tokens WHERE hash = ? AND revoked_at IS NULL`);
  const revoke = database.prepare('UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');

  return {
    create: ({ actor, role, now, token = newToken() }) => {
      const record = { id: tokenId(token), actor, role, createdAt: now, revokedAt: null };
      insert.run(record.id, tokenHash(token), actor.id, actor.name, role, now);
      return { record, token };
    },
    list: () => all.all().map(toRecord),
    revoke: (id, now) => Number(revoke.run(now, id).changes) > 0,
    verify: (token) => {
      if (!looksLikeToken(token)) return null;
      const row = byHash.get(tokenHash(token));
      return row === undefined ? null : toRecord(row);
    },
    close: () => database.close(),
  };
}

function toRecord(row: Row): TokenRecord {
  return {
    id: row.id,
    actor: { id: row.actor_id, name: row.actor_name },
    role: row.role,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  };
}
