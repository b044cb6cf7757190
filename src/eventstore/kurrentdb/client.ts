import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { EventStoreDBClient, LEADER } from '@eventstore/db-client';
import { type ConnectionSettings } from './connection-settings';
import { within } from './deadlines';

/** A connection to a server or cluster. One for each process: the client shares state between calls. */
export interface Connection {
  readonly client: EventStoreDBClient;
  /**
   * Goes with every call. With credentials the client appends by the unary call; its other way of appending ends the
   * process when the connection is lost, and mixes up the servers of one process.
   */
  readonly credentials: { readonly username: string; readonly password: string };
  close(): Promise<void>;
}

/** A server without security ignores who it is. */
const NOBODY = { username: 'nobody', password: 'none' };

/** Pings on an idle connection, so that a dead one is noticed, in milliseconds. */
const KEEP_ALIVE_MS = 10_000;

/** How long closing waits for calls to end, in milliseconds. */
const CLOSE_MS = 1_000;

/** What the client has inside, and does not show: its channel, and what it does about a failed call. */
interface Inside {
  readonly getChannel: () => Promise<{ close(): void }>;
  handleError: (client: unknown, error: unknown) => Promise<void>;
}

/**
 * The client looks for another server when a call has failed, and waits for nobody to hear that it found none: that would be
 * an unhandled rejection, which ends the process.
 */
function surviving(client: EventStoreDBClient): Inside {
  const inside = client as unknown as Inside;
  const { handleError } = inside;
  inside.handleError = (failed, error) => handleError(failed, error).catch(() => undefined);
  return inside;
}

/**
 * The client names the server to TLS by its address, where it has no other name. Node warns of it once in a process, on the
 * error output; nobody who starts Slipway can do anything about it.
 */
function silenceAddressWarning(): void {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    connectTls({ socket: new Socket(), servername: '127.0.0.1' })
      .on('error', () => undefined)
      .destroy();
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}

/** The client prints its calls where the environment has DEBUG: what cannot be listed is not printed. */
function withoutShowing({ username, password }: Connection['credentials']): Connection['credentials'] {
  const shown = { username, password };
  Object.defineProperty(shown, 'password', { enumerable: false });
  return shown;
}

/** Makes a client; nothing is sent yet. @throws what reading the CA file throws. */
export function connect({ servers, discover, tls, caFile, credentials }: ConnectionSettings): Connection {
  const settings = { keepAliveInterval: KEEP_ALIVE_MS, keepAliveTimeout: KEEP_ALIVE_MS, connectionName: 'slipway' };
  const security = { insecure: !tls, ...(caFile === null ? {} : { rootCertificate: readFileSync(caFile) }) };
  const endpoints = servers.map(({ host, port }) => ({ address: host, port }));
  const [first] = endpoints;
  if (first === undefined) throw new RangeError('A connection needs a server.');
  const inCluster = {
    ...settings,
    nodePreference: LEADER as typeof LEADER,
    maxDiscoverAttempts: 3,
    discoveryInterval: 200,
  };
  const client = discover
    ? new EventStoreDBClient({ ...inCluster, discover: first }, security)
    : endpoints.length > 1
      ? new EventStoreDBClient({ ...inCluster, endpoints }, security)
      : new EventStoreDBClient({ ...settings, endpoint: first }, security);
  if (tls) silenceAddressWarning();
  const inside = surviving(client);
  const end = async (): Promise<void> => {
    // A call that is cut off may never tell the client that it has ended.
    await within(CLOSE_MS, client.dispose()).catch(() => undefined);
    // Disposing leaves the connection open.
    await within(CLOSE_MS, inside.getChannel()).then(
      (channel) => channel.close(),
      () => undefined,
    );
  };
  return { client, credentials: withoutShowing(credentials ?? NOBODY), close: end };
}
