import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TransferFailed } from './transfer';

export type RemoteProtocol = 'file' | 'http' | 'https' | 'ssh';

/** Where a repository of other people is: nothing in it is an option, a program or a secret. */
export interface RemoteAddress {
  readonly protocol: RemoteProtocol;
  /** As the `git` program takes it; an absolute path for `file`. */
  readonly url: string;
}

/** An address that is not used; the message says what may be given instead and repeats no secret. */
export class RemoteAddressInvalid extends TransferFailed {
  override readonly name = 'RemoteAddressInvalid';
}

/**
 * Reads the address of a repository: a path, `file://`, `http(s)://`, `ssh://`, or `user@host:path`.
 *
 * @throws RemoteAddressInvalid for options, addresses with a program of their own (`ext::`), other protocols, and addresses
 *   that hold a password or token.
 */
export function parseRemoteAddress(text: string): RemoteAddress {
  if (text === '' || text.startsWith('-') || /\p{Cc}/u.test(text)) throw new RemoteAddressInvalid(NO_ADDRESS);
  if (/^[a-z0-9+.-]+::/i.test(text)) throw new RemoteAddressInvalid(NO_ADDRESS);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return /^[^/@]*@/.test(text) && text.includes(':') ? scpAddress(text) : { protocol: 'file', url: resolve(text) };
    case 'file':
      return { protocol: 'file', url: localPath(text) };
    case 'http':
    case 'https':
      return { protocol: scheme, url: webUrl(text) };
    case 'ssh':
      return sshAddress(text);
    default:
      throw new RemoteAddressInvalid(NO_ADDRESS);
  }
}

const NO_ADDRESS =
  'This is not the address of a repository. Give a path, file://, http://, https:// or ssh:// with host and path, or user@host:path.';

const WITH_SECRET =
  'The address of a repository must not hold credentials. Take them out of it and give them in the environment: ' +
  'SLIPWAY_REMOTE_USER with SLIPWAY_REMOTE_PASSWORD, SLIPWAY_REMOTE_TOKEN or SLIPWAY_REMOTE_TOKEN_FILE, or SLIPWAY_REMOTE_SSH_KEY for ssh.';

function localPath(text: string): string {
  try {
    return fileURLToPath(text);
  } catch (cause) {
    throw new RemoteAddressInvalid(NO_ADDRESS, { cause });
  }
}

function webUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The cause would repeat the text, which may hold a secret.
    throw new RemoteAddressInvalid(NO_ADDRESS);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new RemoteAddressInvalid(WITH_SECRET);
  }
  return url.href;
}

const USER = String.raw`(?:[A-Za-z0-9_][\w.-]*@)`;
const HOST = String.raw`(?:[A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])`;
const SSH = new RegExp(`^ssh://${USER}?${HOST}(?::\\d{1,5})?/.+$`, 'i');
const SCP = new RegExp(`^${USER}${HOST}:[^-].*$`);

function sshAddress(text: string): RemoteAddress {
  if (/^ssh:\/\/[^/@]*:[^/@]*@/i.test(text)) throw new RemoteAddressInvalid(WITH_SECRET);
  if (!SSH.test(text)) throw new RemoteAddressInvalid(NO_ADDRESS);
  return { protocol: 'ssh', url: text };
}

function scpAddress(text: string): RemoteAddress {
  if (/^[^@]*:[^@]*@/.test(text)) throw new RemoteAddressInvalid(WITH_SECRET);
  if (!SCP.test(text)) throw new RemoteAddressInvalid(NO_ADDRESS);
  return { protocol: 'ssh', url: text };
}
