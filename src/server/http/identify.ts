import { type IncomingHttpHeaders } from 'node:http';
import { type TokenRecord, type TokenStore } from '../identity/token-store';

/** Whose bearer token an `Authorization` header carries; null for none, an unknown or a revoked one. */
export function identify(authorization: string | undefined, tokens: TokenStore): TokenRecord | null {
  const [scheme, token] = (authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token !== undefined ? tokens.verify(token) : null;
}

/** One value of a header that is sent at most once. */
export function singleHeader(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
