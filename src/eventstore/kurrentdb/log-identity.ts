import { jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { v4 as uuid } from 'uuid';
import { LogDamaged } from '../errors';
import { type Connection } from './client';
import { type Deadlines, within } from './deadlines';
import { failureOf } from './failure';
import { itemsOf } from './read-events';

const TYPE = 'LogBegun';

/**
 * Begins a log where there is none: whoever comes first names it, as `newLogId` gives it; all others take that name.
 * @throws what the client fails with; LogDamaged when something else stands in its place.
 */
export async function beginLog(
  connection: Connection,
  name: string,
  { deadlines, newLogId }: { readonly deadlines: Deadlines; readonly newLogId: () => string },
): Promise<string> {
  const { client, credentials } = connection;
  const begun = jsonEvent({ id: uuid(), type: TYPE, data: { logId: newLogId() } });
  const options = {
    expectedRevision: NO_STREAM,
    credentials,
    requiresLeader: true,
    deadline: deadlines.appendMs,
  } as const;
  try {
    await within(deadlines.appendMs, client.appendToStream(name, begun, options));
  } catch (error) {
    if (failureOf(error) !== 'conflict' && failureOf(error) !== 'unknown') throw error;
    const written = await readLogIdentity(connection, name, deadlines);
    if (written === null) throw error;
    return written;
  }
  return begun.data.logId;
}

/**
 * The id of the log, which is part of every position; null where there is none.
 * @throws what the client fails with; LogDamaged when something else stands in its place.
 */
export async function readLogIdentity(
  connection: Connection,
  name: string,
  deadlines: Deadlines,
): Promise<string | null> {
  const { client, credentials } = connection;
  const options = { maxCount: 1, requiresLeader: true, credentials };
  let found: { readonly logId: string | null } | null = null;
  try {
    // Read to its end: one that is left earlier stays open in the client.
    for await (const { event } of itemsOf(client.readStream(name, options), deadlines.readMs)) {
      found = { logId: event?.type === TYPE && isIdentity(event.data) ? event.data.logId : null };
    }
  } catch (error) {
    if (failureOf(error) !== 'no stream') throw error;
  }
  if (found?.logId !== null) return found?.logId ?? null;
  throw new LogDamaged(`Stream ${name} does not name a log. Choose another prefix for the streams of this one.`);
}

function isIdentity(data: unknown): data is { logId: string } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'logId' in data &&
    typeof data.logId === 'string' &&
    /^[0-9a-f]{12}$/.test(data.logId)
  );
}
