import { LogDamaged, StoreUnavailable } from '../errors';
import { type Connection } from './client';
import { type Deadlines } from './deadlines';
import { type LocalCopy } from './local-copy';
import { idsAt } from './stream-end';
import { type StreamNames } from './stream-names';

/**
 * Asks whether the server still holds the last event that this node has seen. One that was set back to an older backup, or
 * another one under the same address, would give other events at places that this node knows already.
 *
 * @throws LogDamaged when it holds another event there; StoreUnavailable when it holds none, or does not answer.
 */
export async function requireSameLog(parts: {
  readonly connection: Connection;
  readonly names: StreamNames;
  readonly copy: LocalCopy;
  readonly deadlines: Deadlines;
}): Promise<void> {
  const { connection, names, copy, deadlines } = parts;
  const last = copy.last();
  if (last === null) return;
  const range = { fromRevision: last.revision, limit: 1 };
  const [id] = await idsAt(connection, names.onServer(last.stream), range, deadlines.readMs);
  if (id === last.eventId) return;
  const words =
    `The server does not hold ${last.stream}@${String(last.revision)} as this node has seen it below the prefix ${names.prefix}: it was set back, or is another one. ` +
    'Correct the prefix, or restore the server; only if its log is the right one, begin with a new data directory.';
  // What is not there may come back: a server that is being restored, or a member of a cluster that has just begun to lead.
  throw id === undefined ? new StoreUnavailable(words) : new LogDamaged(words);
}
