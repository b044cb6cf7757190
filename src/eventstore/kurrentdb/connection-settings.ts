import { type ServerAddress } from './server-address';

/** How a node reaches its KurrentDB. */
export interface ConnectionSettings {
  /** One address is that node; several are members of a cluster, whose leader is found by asking them. */
  readonly servers: readonly ServerAddress[];
  /** One name that stands for all members of a cluster (`esdb+discover://`). */
  readonly discover: boolean;
  readonly tls: boolean;
  /** File of the certificate authority, in PEM; null leaves it to those that Node knows. */
  readonly caFile: string | null;
  /** Null signs in nowhere: right for a server that runs without security, and for no other. */
  readonly credentials: { readonly username: string; readonly password: string } | null;
}

/** A connection string that cannot be used. The message never holds the string, which may hold a password. */
export class ConnectionStringInvalid extends Error {
  override readonly name = 'ConnectionStringInvalid';
}

const FORM =
  'esdb://[USER:PASSWORD@]HOST[:PORT][,HOST[:PORT]...][?OPTION=VALUE&...], or esdb+discover:// with one name of a cluster';
const SHAPE = /^(?<scheme>[a-z+]+):\/\/(?:(?<user>[^@/?]*)@)?(?<hosts>[^/?@]+)\/?(?:\?(?<query>.*))?$/;
const SCHEMES: ReadonlyMap<string, boolean> = new Map([
  ['esdb', false],
  ['kurrentdb', false],
  ['esdb+discover', true],
  ['kurrentdb+discover', true],
]);
const DEFAULT_PORT = 2113;
/** Options of the server's own clients, in lower case. */
const CLIENT_OPTIONS: ReadonlySet<string> = new Set([
  ...['tls', 'tlscafile', 'usercertfile', 'userkeyfile', 'connectionname', 'defaultdeadline', 'nodepreference'],
  ...['maxdiscoverattempts', 'discoveryinterval', 'gossiptimeout', 'keepaliveinterval', 'keepalivetimeout'],
  'throwonappendfailure',
]);

/**
 * Reads a connection string. Its form and its options `tls` and `tlsCAFile` are those of the server's own clients:
 * https://docs.kurrent.io/clients/node/. Other options would work against what Slipway sets itself, and are refused.
 *
 * @throws ConnectionStringInvalid
 */
export function parseConnectionString(text: string): ConnectionSettings {
  const { scheme = '', user, hosts = '', query } = SHAPE.exec(text.trim())?.groups ?? {};
  const discover = SCHEMES.get(scheme);
  if (discover === undefined) throw new ConnectionStringInvalid(`It must have the form ${FORM}.`);
  const servers = hosts.split(',').map(parseServer);
  if (discover && servers.length > 1) {
    throw new ConnectionStringInvalid(
      'esdb+discover:// takes one name that stands for the whole cluster. List its members with esdb://.',
    );
  }
  return { servers, discover, credentials: user === undefined ? null : parseUser(user), ...parseOptions(query ?? '') };
}

function parseServer(text: string): ServerAddress {
  const { host, port = String(DEFAULT_PORT) } =
    /^(?<host>\[[0-9a-f:.]+\]|[\w.-]+)(?::(?<port>\d{1,5}))?$/i.exec(text)?.groups ?? {};
  const number = Number(port);
  if (host === undefined || number < 1 || number > 65_535) {
    throw new ConnectionStringInvalid(
      `A host must be a name or an address, with a port from 1 to 65535. Form: ${FORM}.`,
    );
  }
  return { host, port: number };
}

function parseUser(text: string): { username: string; password: string } {
  const colon = text.indexOf(':');
  if (colon < 1) throw new ConnectionStringInvalid('Before the @ it must name user and password: USER:PASSWORD@HOST.');
  return { username: decoded(text.slice(0, colon)), password: decoded(text.slice(colon + 1)) };
}

function parseOptions(query: string): Pick<ConnectionSettings, 'tls' | 'caFile'> {
  let [tls, caFile]: [boolean, string | null] = [true, null];
  for (const option of query === '' ? [] : query.split('&')) {
    const equals = option.indexOf('=');
    const name = option.slice(0, Math.max(equals, 0)).toLowerCase();
    const value = decoded(option.slice(equals + 1));
    if (name === 'tls' && (value === 'true' || value === 'false')) tls = value === 'true';
    else if (name === 'tlscafile' && value !== '') caFile = value;
    else throw new ConnectionStringInvalid(`${refusalOf(name)} It takes tls=true, tls=false and tlsCAFile=PATH.`);
  }
  return { tls, caFile };
}

function refusalOf(name: string): string {
  if (name === 'tlsverifycert') {
    return 'tlsVerifyCert has no effect in this client: name the certificate authority with tlsCAFile.';
  }
  if (!CLIENT_OPTIONS.has(name)) {
    // Not named: what stands there may be part of a password.
    return 'After the ? it must have options of the form NAME=VALUE, parted by single &.';
  }
  return `The option ${name} cannot be used, or not with this value.`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConnectionStringInvalid('A % must begin an escape of two hex digits; write a % itself as %25.');
  }
}
