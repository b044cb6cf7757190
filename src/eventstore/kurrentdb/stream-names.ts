import { RESERVED_STREAM } from '../event-store';

/** Names of streams of a log begin with it on the server, unless said otherwise. */
export const DEFAULT_PREFIX = 'slipway-';

/** Names of our streams on the server: a prefix that nothing outside of this adapter sees. */
export interface StreamNames {
  readonly prefix: string;
  /** Stream that holds the identity of the log. */
  readonly identity: string;
  onServer(stream: string): string;
  /** The port's name of a stream of the server; null when it is not one of ours. */
  ours(name: string): string | null;
}

/** @param prefix of one log; two with different prefixes live on one server without meeting. */
export function streamNames(prefix: string): StreamNames {
  const identity = prefix + RESERVED_STREAM;
  return {
    prefix,
    identity,
    onServer: (stream) => prefix + stream,
    ours: (name) => (name.startsWith(prefix) && name !== identity ? name.slice(prefix.length) : null),
  };
}
