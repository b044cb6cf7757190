import { randomBytes } from 'node:crypto';
import { jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { v4 as uuid } from 'uuid';
import { LogDamaged } from '../errors';
import { type Connection } from './client';
import { type Deadlines, within } from './deadlines';
import { failureOf } from './failure';
import { itemsOf } from './read-events';

/** First event of the stream that names the log. */
const BEGUN = 'LogBegun';
/** Its second, where the log is a copy: everything is there. */
const COPIED = 'LogCopied';

/** What a log is called, which is part of every position. */
export interface LogIdentity {
  readonly logId: string;
  /** False while a copy of a log is under way. */
  readonly whole: boolean;
}

/**
 * Begins a log where there is none: whoever comes first names it; all others take that name.
 * @param copyOf id of the log that is going to be copied into it; null for a new log.
 * @throws what the client fails with; LogDamaged when something else stands in its place.
 */
export async function beginLog(
  connection: Connection,
  name: string,
  { deadlines, copyOf }: { readonly deadlines: Deadlines; readonly copyOf: string | null },
): Promise<LogIdentity> {
  const logId = copyOf ?? randomBytes(6).toString('hex');
  const begun = { logId, ...(copyOf === null ? {} : { copying: true }) };
  try {
    await write(connection, name, { type: BEGUN, data: begun, expectedRevision: NO_STREAM }, deadlines);
  } catch (error) {
    if (failureOf(error) !== 'conflict' && failureOf(error) !== 'unknown') throw error;
    const written = await readLogIdentity(connection, name, deadlines);
    if (written === null) throw error;
    return written;
  }
  return { logId, whole: copyOf === null };
}

/** Says that a copy is whole. Said again it does nothing. @throws what the client fails with. */
export async function endCopy(connection: Connection, name: string, deadlines: Deadlines): Promise<void> {
  try {
    await write(connection, name, { type: COPIED, data: {}, expectedRevision: 0n }, deadlines);
  } catch (error) {
    if (!((await readLogIdentity(connection, name, deadlines))?.whole ?? false)) throw error;
  }
}

/**
 * The log that is there; null where there is none.
 * @throws what the client fails with; LogDamaged when something else stands in its place.
 */
export async function readLogIdentity(
  connection: Connection,
  name: string,
  deadlines: Deadlines,
): Promise<LogIdentity | null> {
  const { client, credentials } = connection;
  const options = { maxCount: 2, requiresLeader: true, credentials };
  const found: { readonly type: string; readonly data: unknown }[] = [];
  try {
    // Read to its end: one that is left earlier stays open in the client.
    for await (const { event } of itemsOf(client.readStream(name, options), deadlines.readMs)) {
      if (event !== undefined) found.push(event);
    }
  } catch (error) {
    if (failureOf(error) !== 'no stream') throw error;
  }
  const [begun, copied] = found;
  if (begun === undefined) return null;
  if (begun.type === BEGUN && isIdentity(begun.data)) {
    return { logId: begun.data.logId, whole: begun.data.copying !== true || copied?.type === COPIED };
  }
  throw new LogDamaged(`Stream ${name} does not name a log. Choose another prefix for the streams of this one.`);
}

async function write(
  { client, credentials }: Connection,
  name: string,
  event: { readonly type: string; readonly data: object; readonly expectedRevision: bigint | typeof NO_STREAM },
  { appendMs }: Deadlines,
): Promise<void> {
  const { type, data, expectedRevision } = event;
  const options = { expectedRevision, credentials, requiresLeader: true, deadline: appendMs };
  const made = jsonEvent({ id: uuid(), type, data: { ...data } });
  await within(appendMs, client.appendToStream(name, made, options));
}

function isIdentity(data: unknown): data is { logId: string; copying?: unknown } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'logId' in data &&
    typeof data.logId === 'string' &&
    /^[0-9a-f]{12}$/.test(data.logId)
  );
}
