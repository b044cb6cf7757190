import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** RFC 8785 text of a JSON value; `undefined` counts as null. */
export function canonicalText(value: unknown): string {
  return canonicalize(value) ?? 'null';
}

/** Hex SHA-256 of the RFC 8785 bytes of a JSON value. */
export function canonicalDigest(value: unknown): string {
  return createHash('sha256').update(canonicalText(value), 'utf8').digest('hex');
}
