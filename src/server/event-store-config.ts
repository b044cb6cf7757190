import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type ConnectionSettings,
  ConnectionStringInvalid,
  parseConnectionString,
} from '../eventstore/kurrentdb/connection-settings';
import { DEFAULT_PREFIX } from '../eventstore/kurrentdb/stream-names';
import { BadConfiguration } from './config';

/** The KurrentDB that keeps the log of several nodes. */
export interface EventStoreConfig {
  readonly connection: ConnectionSettings;
  /** Names of our streams begin with it there. */
  readonly prefix: string;
}

/** One dash, at its end: no prefix is then the beginning of another. */
const PREFIX = /^[a-z][a-z0-9]{0,30}-$/;

/**
 * Where the log is kept, from the command line first, then the environment; null for the data directory itself. Passwords
 * come from the environment alone: arguments can be read by others.
 * @param flag what the option is called on the command line.
 * @throws BadConfiguration
 */
export function readEventStoreConfig(
  flags: { readonly eventStore?: string | undefined },
  environment: NodeJS.ProcessEnv,
  flag = '--event-store',
): EventStoreConfig | null {
  const source = flags.eventStore === undefined ? 'SLIPWAY_EVENT_STORE' : flag;
  const text = flags.eventStore ?? environment.SLIPWAY_EVENT_STORE;
  if (text === undefined) return null;
  if (text.trim() === '') {
    // A setting that did not reach this node, as a missing secret: a log of its own would be a second truth.
    throw new BadConfiguration(
      `${source} is empty: give it the address of the KurrentDB. ` +
        'To keep the log in the data directory, unset SLIPWAY_EVENT_STORE and leave --event-store out.',
    );
  }
  const parsed = parsedFrom(source, text);
  if (source === flag && parsed.credentials !== null) {
    throw new BadConfiguration(
      `${flag} must not hold a password, which others could read: use SLIPWAY_EVENT_STORE, or SLIPWAY_EVENT_STORE_USER and SLIPWAY_EVENT_STORE_PASSWORD.`,
    );
  }
  const caFile = caFileOf(environment, source, parsed);
  const prefix = given(environment.SLIPWAY_EVENT_STORE_PREFIX) ?? DEFAULT_PREFIX;
  if (!PREFIX.test(prefix)) {
    throw new BadConfiguration(
      `SLIPWAY_EVENT_STORE_PREFIX is ${JSON.stringify(prefix)}; it must be lower-case letters and digits with one dash at the end, as ${DEFAULT_PREFIX}.`,
    );
  }
  const credentials = credentialsOf(environment) ?? parsed.credentials;
  return { connection: { ...parsed, credentials, caFile }, prefix };
}

function parsedFrom(source: string, text: string): ConnectionSettings {
  try {
    return parseConnectionString(text);
  } catch (error) {
    if (!(error instanceof ConnectionStringInvalid)) throw error;
    const exchanged = source === '--to' && !text.includes('://') ? ' Are --from and --to exchanged?' : '';
    throw new BadConfiguration(`${source} is no connection string that can be used. ${error.message}${exchanged}`, {
      cause: error,
    });
  }
}

function caFileOf(environment: NodeJS.ProcessEnv, source: string, { caFile }: ConnectionSettings): string | null {
  const own = given(environment.SLIPWAY_EVENT_STORE_CA_FILE);
  if (own !== null) return readText(own, 'SLIPWAY_EVENT_STORE_CA_FILE').path;
  return caFile === null ? null : readText(caFile, `tlsCAFile in ${source}`).path;
}

function credentialsOf(environment: NodeJS.ProcessEnv): ConnectionSettings['credentials'] {
  const username = environment.SLIPWAY_EVENT_STORE_USER ?? '';
  const file = environment.SLIPWAY_EVENT_STORE_PASSWORD_FILE ?? '';
  const inEnvironment = environment.SLIPWAY_EVENT_STORE_PASSWORD ?? '';
  if (inEnvironment !== '' && file !== '') {
    throw new BadConfiguration(
      'SLIPWAY_EVENT_STORE_PASSWORD and SLIPWAY_EVENT_STORE_PASSWORD_FILE are set; only one of them can be used.',
    );
  }
  const password =
    file === '' ? inEnvironment : readText(file, 'SLIPWAY_EVENT_STORE_PASSWORD_FILE').text.replace(/\r?\n$/, '');
  if (username.includes(':')) {
    throw new BadConfiguration(
      'SLIPWAY_EVENT_STORE_USER must not have a colon: the server parts user and password there.',
    );
  }
  if ((username === '') === (password === '')) return username === '' ? null : { username, password };
  throw new BadConfiguration(
    'SLIPWAY_EVENT_STORE_USER and SLIPWAY_EVENT_STORE_PASSWORD belong together: set both or none.',
  );
}

function given(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

/** @param setting what names the file. */
function readText(file: string, setting: string): { readonly path: string; readonly text: string } {
  const path = resolve(file);
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch (cause) {
    throw new BadConfiguration(`${path}, which ${setting} names, cannot be read.`, { cause });
  }
}
