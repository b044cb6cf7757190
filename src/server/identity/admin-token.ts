import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type TokenStore } from './token-store';

const ADMIN = { id: 'admin', name: 'Administrator' };

/** File with the first start's admin token alone on one line, readable by its owner only. */
export function adminTokenFile(dataDirectory: string): string {
  return join(dataDirectory, 'admin-token');
}

/** On the first start makes the admin token, writes it to its file and answers it; null ever after. */
export function ensureAdminToken(dataDirectory: string, tokens: TokenStore, now: string): string | null {
  const file = adminTokenFile(dataDirectory);
  if (existsSync(file) || tokens.list().some((record) => record.actor.id === ADMIN.id)) return null;
  const { token } = tokens.create({ actor: ADMIN, role: 'admin', now });
  const temporary = `${file}.tmp`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeSync(descriptor, `${token}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
  return token;
}
