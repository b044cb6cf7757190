/** How this process is let in by a remote. Secrets reach the `git` program through its environment alone. */
export interface RemoteAccess {
  /** Name for HTTP; with a token many hosts take any. */
  readonly user: string;
  /** Password or token for HTTP; null for none. */
  readonly secret: string | null;
  /** File that holds the password or token, read for every transfer, so that it can be renewed; null for none. */
  readonly secretFile: string | null;
  /** Private key for ssh; null leaves it to ssh's own settings and agent. */
  readonly sshKey: string | null;
  /** Host keys that ssh trusts, instead of those of the account and the system; null for these. */
  readonly knownHosts: string | null;
  /** Certificates that https trusts instead of the system's; null for the system's. */
  readonly caFile: string | null;
}

/** No credentials: what is public, and what ssh's own settings open. */
export const NO_ACCESS: RemoteAccess = {
  user: 'x-access-token',
  secret: null,
  secretFile: null,
  sshKey: null,
  knownHosts: null,
  caFile: null,
};
