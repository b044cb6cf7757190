import { BACKWARDS, END } from '@eventstore/db-client';
import { StoreUnavailable } from '../errors';
import { type Connection } from './client';
import { failureOf, wordsOf } from './failure';
import { itemsOf } from './read-events';

/** Asks the leader for the ids of events of one stream, oldest first, by its name on the server. Nothing for a stream that is not there. */
export async function idsAt(
  { client, credentials }: Connection,
  name: string,
  range: { readonly fromRevision: number; readonly limit: number },
  ms: number,
): Promise<readonly string[]> {
  const options = {
    fromRevision: BigInt(range.fromRevision),
    maxCount: range.limit,
    requiresLeader: true,
    credentials,
  };
  const ids: string[] = [];
  return foundOrNone(ids, async () => {
    for await (const { event } of itemsOf(client.readStream(name, options), ms)) if (event) ids.push(event.id);
  });
}

/** Asks the leader for the last revision of a stream, by its name on the server; -1 where there is no such stream. */
export async function lastRevisionAt({ client, credentials }: Connection, name: string, ms: number): Promise<number> {
  const options = { fromRevision: END, direction: BACKWARDS, maxCount: 1, requiresLeader: true, credentials } as const;
  const revisions: number[] = [];
  await foundOrNone(revisions, async () => {
    for await (const { event } of itemsOf(client.readStream(name, options), ms)) {
      if (event) revisions.push(Number(event.revision));
    }
  });
  return revisions[0] ?? -1;
}

async function foundOrNone<T>(found: T[], read: () => Promise<void>): Promise<T[]> {
  try {
    await read();
  } catch (error) {
    if (failureOf(error) !== 'no stream') {
      throw new StoreUnavailable(`The event store cannot be read: ${wordsOf(error)}`, { cause: error });
    }
  }
  return found;
}
