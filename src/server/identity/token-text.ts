import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'slw_';
const SECRET_BYTES = 24;
const CHECK_LENGTH = 6;
const ID_LENGTH = 12;

/** A new token: a prefix that secret scanners can know, 192 random bits and a checksum, URL-safe. Shown once, never stored. */
export function newToken(): string {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return `${PREFIX}${secret}${checksum(secret)}`;
}

/** False for anything that cannot be a token of ours; saves a look-up, proves nothing. */
export function looksLikeToken(text: string): boolean {
  if (!text.startsWith(PREFIX)) return false;
  const body = text.slice(PREFIX.length);
  const secret = body.slice(0, -CHECK_LENGTH);
  return secret.length > 0 && body.slice(-CHECK_LENGTH) === checksum(secret);
}

/** What is stored of a token. Its 192 random bits need no slow hash. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Names a token without telling it. */
export function tokenId(token: string): string {
  return tokenHash(token).slice(0, ID_LENGTH);
}

function checksum(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, CHECK_LENGTH);
}
