import { AccessDeniedError, ErrorType, StreamDeletedError, WrongExpectedVersionError } from '@eventstore/db-client';
import { OutOfTime } from './deadlines';

/** gRPC's codes of refusals that trying again does not mend: https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/**
 * What an error of the client means: the stream stands elsewhere; there is no such stream; it was deleted for good; the user
 * is not known or has no right; the server does not take what was sent, however often, or
 * does not lead its cluster; or nothing is known, which covers all that network, server and client may do.
 */
export type Failure =
  'conflict' | 'no stream' | 'deleted' | 'not signed in' | 'no right' | 'not valid' | 'not leader' | 'unknown';

/** Sorts by code and type, for some errors of the client are no instances of its classes. */
export function failureOf(error: unknown): Failure {
  if (error instanceof OutOfTime) return 'unknown';
  if (error instanceof WrongExpectedVersionError) return 'conflict';
  if (error instanceof StreamDeletedError) return 'deleted';
  const { code, type } = facts(error);
  if (type === ErrorType.NOT_LEADER) return 'not leader';
  if (type === ErrorType.STREAM_NOT_FOUND) return 'no stream';
  if (code === UNAUTHENTICATED) return 'not signed in';
  if (code === PERMISSION_DENIED || error instanceof AccessDeniedError) return 'no right';
  if (code === INVALID_ARGUMENT) return 'not valid';
  return 'unknown';
}

/** The first line of what a client or a socket says; never a connection string. */
export function wordsOf(error: unknown): string {
  if (failureOf(error) === 'not leader') {
    return 'it belongs to a cluster and does not lead it. Name all members in the connection string, parted by commas, or use esdb+discover://.';
  }
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n', 1)[0] ?? '').slice(0, 300);
}

function facts(error: unknown): { readonly code: unknown; readonly type: unknown } {
  if (typeof error !== 'object' || error === null) return { code: null, type: null };
  return { code: 'code' in error ? error.code : null, type: 'type' in error ? error.type : null };
}
