import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { NO_ACCESS, parseRemoteAddress, type RemoteAccess, type RemoteAddress, RemoteAddressInvalid } from '../git';
import { BadConfiguration } from './config';

/** The repository that a node pushes to, and how it is let in. */
export interface RemoteConfig {
  readonly address: RemoteAddress;
  readonly access: RemoteAccess;
  /** Milliseconds between two looks at the remote's refs. */
  readonly observeEveryMs: number;
}

const DEFAULT_INTERVAL_SECONDS = 5;

/** The remote from the command line first, then the environment; null where none is named. @throws BadConfiguration */
export function readRemoteConfig(
  flags: { readonly remote?: string | undefined },
  environment: NodeJS.ProcessEnv,
): RemoteConfig | null {
  const text = flags.remote ?? environment.SLIPWAY_REMOTE ?? '';
  if (text === '') return null;
  return {
    address: requireAddress(text),
    access: readRemoteAccess(environment),
    observeEveryMs: requireSeconds(environment.SLIPWAY_REMOTE_INTERVAL ?? String(DEFAULT_INTERVAL_SECONDS)) * 1_000,
  };
}

/** How this process is let in by remotes, from the environment alone: arguments can be read by others. @throws BadConfiguration */
export function readRemoteAccess(environment: NodeJS.ProcessEnv): RemoteAccess {
  const secrets = (['SLIPWAY_REMOTE_PASSWORD', 'SLIPWAY_REMOTE_TOKEN', 'SLIPWAY_REMOTE_TOKEN_FILE'] as const).filter(
    (name) => (environment[name] ?? '') !== '',
  );
  if (secrets.length > 1) throw new BadConfiguration(`${secrets.join(' and ')} are set; only one of them can be used.`);
  return {
    user: oneLine('SLIPWAY_REMOTE_USER', environment) ?? NO_ACCESS.user,
    secret: oneLine('SLIPWAY_REMOTE_PASSWORD', environment) ?? oneLine('SLIPWAY_REMOTE_TOKEN', environment),
    secretFile: file('SLIPWAY_REMOTE_TOKEN_FILE', environment),
    sshKey: file('SLIPWAY_REMOTE_SSH_KEY', environment),
    knownHosts: file('SLIPWAY_REMOTE_KNOWN_HOSTS', environment),
    caFile: file('SLIPWAY_REMOTE_CA_FILE', environment),
  };
}

function requireAddress(text: string): RemoteAddress {
  try {
    return parseRemoteAddress(text);
  } catch (error) {
    if (!(error instanceof RemoteAddressInvalid)) throw error;
    throw new BadConfiguration(`--remote or SLIPWAY_REMOTE: ${error.message}`, { cause: error });
  }
}

/** The value is never part of a message: it may be a secret. */
function oneLine(name: string, environment: NodeJS.ProcessEnv): string | null {
  const value = environment[name] ?? '';
  if (/\p{Cc}/u.test(value)) throw new BadConfiguration(`${name} must be one line without control characters.`);
  return value === '' ? null : value;
}

function file(name: string, environment: NodeJS.ProcessEnv): string | null {
  const value = oneLine(name, environment);
  if (value === null) return null;
  const path = resolve(value);
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    throw new BadConfiguration(`${path}, which ${name} names, cannot be read.`, { cause });
  }
  return path;
}

function requireSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds >= 0.1 && seconds <= 3_600) return seconds;
  throw new BadConfiguration(
    `SLIPWAY_REMOTE_INTERVAL is ${JSON.stringify(text)}; it may be a number of seconds from 0.1 to 3600.`,
  );
}
