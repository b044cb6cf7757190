import { Unavailable } from '../domain';
import { sqliteErrorCode, StoreUnavailable } from '../eventstore';

/** What the system says when the disk fails, is full or must not be written, or too many files are open. */
const SYSTEM_CODES: ReadonlySet<unknown> = new Set(['EACCES', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOSPC', 'EROFS']);

/** The same in the result codes of SQLite: READONLY, IOERR, FULL, CANTOPEN. */
const SQLITE_CODES: ReadonlySet<number | null> = new Set([8, 10, 13, 14]);

/**
 * The refusal where the disk is why something failed, whatever was wrapped around it; null for every other error. Nothing of
 * paths or content is in it.
 */
export function diskFailure(error: unknown): Unavailable | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const said = whatItSays(at);
    if (said !== null) {
      const message = `The server's disk cannot be used right now (${said}). Send the same again later; a command under the same idempotency key.`;
      return new Unavailable(message, {}, { cause: error });
    }
  }
  return null;
}

function whatItSays(error: Error): string | null {
  if ('syscall' in error && 'code' in error && SYSTEM_CODES.has(error.code)) return String(error.code);
  if (SQLITE_CODES.has(sqliteErrorCode(error))) return error.message;
  return error instanceof StoreUnavailable && error.cause === undefined ? error.message : null;
}
