import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

/** Lower-case hex SHA-256 of a value's RFC 8785 bytes: event hashes, `commandDigest`, `planDigest`, `mapDigest`. */
export function digestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/** Lower-case hex SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function sha256Hex(content: Uint8Array | string): string {
  return hash('sha256', content);
}
