import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { looksLikeToken, newToken, tokenId } from './token-text';
import { type TokenStore } from './token-store';

const ADMIN = { id: 'admin', name: 'Administrator' };

/** File with the first start's admin token alone on one line, readable by its owner only. */
export function adminTokenFile(dataDirectory: string): string {
  return join(dataDirectory, 'admin-token');
}

/**
 * On the first start makes the admin token, writes it to its file and answers it; null ever after. A first start that
 * was interrupted is finished by the next one: the token is written aside, then known, then in its place.
 */
export function ensureAdminToken(dataDirectory: string, tokens: TokenStore, now: string): string | null {
  const file = adminTokenFile(dataDirectory);
  if (existsSync(file)) return null;
  const aside = `${file}.tmp`;
  const interrupted = existsSync(aside);
  // Whoever removed the file wants it gone.
  if (!interrupted && tokens.list().some((record) => record.actor.id === ADMIN.id)) return null;
  const token = (interrupted ? wholeToken(aside) : null) ?? newToken();
  const known = tokens.list().some((record) => record.id === tokenId(token)); // revoked meanwhile it stays revoked
  if (!known) {
    writeAside(aside, token);
    tokens.create({ actor: ADMIN, role: 'admin', now, token });
  }
  renameSync(aside, file);
  syncDirectory(dataDirectory);
  return token;
}

/** Null for a token that was written only in part: nobody knows it yet. */
function wholeToken(file: string): string | null {
  const text = readFileSync(file, 'utf8').trim();
  return looksLikeToken(text) ? text : null;
}

function writeAside(file: string, token: string): void {
  rmSync(file, { force: true }); // the mode is that of a new file
  const descriptor = openSync(file, 'w', 0o600);
  try {
    writeSync(descriptor, `${token}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncDirectory(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
