import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { userInfo } from 'node:os';

const SSHD = ['/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));

/** Whether a server can be started here; as root it wants the directory that its package makes at start. */
export const sshdIsThere = SSHD !== undefined && (process.getuid?.() !== 0 || existsSync('/run/sshd'));

/** OpenSSH's own server on a free port of the loopback, for the account that runs the tests. */
export interface SshServer {
  /** Address of a repository there, by its absolute path. */
  address(repository: string): string;
  /** Private key that is let in. */
  readonly key: string;
  /** File that holds the key of the host. */
  readonly knownHosts: string;
  /** A key pair in the server's directory; the path of the private one. */
  newKey(name: string): string;
  stop(): Promise<void>;
}

/** Starts a server that has all its files in a directory, which is made. */
export async function startSshServer(directory: string): Promise<SshServer> {
  mkdirSync(directory, { mode: 0o700 });
  const path = (name: string): string => join(directory, name);
  const newKey = (name: string): string => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path(name)]);
    return path(name);
  };
  const [host, key] = [newKey('host'), newKey('let-in')];
  writeFileSync(path('authorized_keys'), readFileSync(`${key}.pub`), { mode: 0o600 });
  const port = await freePort();
  writeFileSync(path('known_hosts'), `[127.0.0.1]:${String(port)} ${readFileSync(`${host}.pub`, 'utf8')}`);
  const settings = {
    ...{ Port: port, ListenAddress: '127.0.0.1', HostKey: host, PidFile: 'none', UsePAM: 'no', StrictModes: 'no' },
    ...{ AuthorizedKeysFile: path('authorized_keys'), AuthenticationMethods: 'publickey', LogLevel: 'VERBOSE' },
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${String(value)}\n`);
  writeFileSync(path('sshd_config'), lines.join(''));
  const child = spawn(SSHD ?? 'sshd', ['-D', '-e', '-f', path('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  await listening(child.stderr);
  return {
    address: (repository) => `ssh://${userInfo().username}@127.0.0.1:${String(port)}${repository}`,
    key,
    knownHosts: path('known_hosts'),
    newKey,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

async function listening(stderr: NodeJS.ReadableStream): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('Server listening')) resolve();
    });
    stderr.on('end', () => reject(new Error(`sshd ended: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  server.close();
  await once(server, 'close');
  return port;
}
