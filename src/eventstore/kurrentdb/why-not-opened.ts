import { readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { StoreUnavailable } from '../errors';
import { type ConnectionSettings } from './connection-settings';
import { failureOf, wordsOf } from './failure';
import { addressText, socketHost, type ServerAddress } from './server-address';

const WITHIN_MS = 3_000;

/** Why a server could not be used, and whether trying again soon may help. */
export interface WhyNotOpened {
  readonly error: StoreUnavailable;
  readonly mayPass: boolean;
}

/**
 * Says in words of its own why a server could not be used, by looking at what answers there. The client's words for half of
 * these are the same.
 */
export async function whyNotOpened(error: unknown, settings: ConnectionSettings): Promise<WhyNotOpened> {
  const because = (message: string, mayPass = false): WhyNotOpened => ({
    error: new StoreUnavailable(`The event store: ${message}`, { cause: error }),
    mayPass,
  });
  const failure = failureOf(error);
  if (failure === 'not signed in') {
    return because(
      settings.credentials === null
        ? 'the server asks for a user. Give one in SLIPWAY_EVENT_STORE_USER and SLIPWAY_EVENT_STORE_PASSWORD.'
        : `the server does not know user ${settings.credentials.username}, or the password is wrong.`,
    );
  }
  if (failure === 'no right') {
    const who =
      settings.credentials === null ? 'Somebody who is not signed in' : `User ${settings.credentials.username}`;
    return because(
      `${who} has no right to read $all. Make it a reader in the metadata of $all, as deploy/kurrentdb-user.mjs does (docs/kurrentdb.md, "Rights").`,
    );
  }
  if (failure === 'not leader' && settings.servers.length === 1 && !settings.discover)
    return because(`${settings.servers.map(addressText).join()}: ${wordsOf(error)}`);
  const faults = await Promise.all(settings.servers.map((each) => transportFault(each, settings)));
  const found = faults.filter((fault) => fault !== null);
  // While one member of a cluster is away the others may be about to choose who leads.
  if (found.length === faults.length) return because(found.join(' '));
  const words = [
    `${settings.servers.map(addressText).join(', ')} did not answer as it should: ${wordsOf(error)}`,
    ...found,
  ];
  return because(words.join(' '), true);
}

/** What is wrong between here and a server; null when it answers in the way that was asked for. */
async function transportFault(server: ServerAddress, { tls, caFile }: ConnectionSettings): Promise<string | null> {
  const at = addressText(server);
  const reached = await outcomeOf(() => connectTcp({ host: socketHost(server), port: server.port }), 'connect');
  if (reached !== null) return `nothing answers at ${at} (${reached}). Is the server running, and the address right?`;
  const speaksTls = (await tlsFault(server, {})) === null;
  if (!tls)
    return speaksTls ? `the server at ${at} speaks TLS only. Take tls=false out of the connection string.` : null;
  if (!speaksTls)
    return `the server at ${at} does not speak TLS. Add ?tls=false to the connection string if it runs without.`;
  const ca = caFile === null ? null : readFileSync(caFile);
  if (ca?.includes('-----BEGIN CERTIFICATE-----') === false)
    return `${caFile ?? ''} holds no certificate in PEM: name the file of the authority that made the certificate of ${at}.`;
  const fault = await tlsFault(server, ca === null ? { checked: true } : { checked: true, ca });
  if (fault === null) return null;
  return caFile === null
    ? `the certificate of ${at} is of no authority that is known here (${fault}). Name its CA file with tlsCAFile or SLIPWAY_EVENT_STORE_CA_FILE.`
    : `the certificate of ${at} was not made by the authority in ${caFile}, or is for another name (${fault}).`;
}

function tlsFault(
  server: ServerAddress,
  how: { readonly checked?: boolean; readonly ca?: Buffer },
): Promise<string | null> {
  const { checked = false, ca } = how;
  const options = {
    host: socketHost(server),
    port: server.port,
    rejectUnauthorized: checked,
    ALPNProtocols: ['h2'],
    ...(ca === undefined ? {} : { ca }),
  };
  return outcomeOf(() => connectTls(options), 'secureConnect');
}

/** Null when a socket gets so far; else why not. */
function outcomeOf(
  open: () => ReturnType<typeof connectTcp>,
  event: 'connect' | 'secureConnect',
): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = open();
    const settle = (outcome: string | null): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(WITHIN_MS, () => settle('it does not answer'));
    socket.once(event, () => settle(null));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    socket.once('close', () => settle('it closed the connection'));
  });
}
