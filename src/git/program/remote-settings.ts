import { readFile } from 'node:fs/promises';
import { type RemoteAccess } from '../remote-access';
import { type RemoteAddress } from '../remote-address';
import { TransferFailed } from '../transfer';
import { type GitRun, passedOn } from './run-git';

/** A transfer below this speed for so long has stalled. */
const LOW_SPEED = { bytesPerSecond: 500, seconds: 30 };

/**
 * Answers git's question for credentials from the environment of the program. Asked only by the remote's own host, so that no
 * other one ever gets them.
 */
const HELPER =
  '!f() { if test "$1" = get && test -n "$SLIPWAY_REMOTE_SECRET"; then ' +
  'printf "username=%s\\npassword=%s\\n" "$SLIPWAY_REMOTE_USER" "$SLIPWAY_REMOTE_SECRET"; fi; }; f';

const PROXIES = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * How the program reaches one remote: the remote's protocol and no other, no prompts, no redirects, and credentials that stand
 * neither in arguments nor in files.
 * @throws TransferFailed when the file with the token cannot be read.
 */
export async function remoteSettings(
  { protocol, url }: RemoteAddress,
  access: RemoteAccess,
): Promise<Pick<GitRun, 'settings' | 'environment' | 'secrets'>> {
  const environment = { GIT_ALLOW_PROTOCOL: protocol };
  switch (protocol) {
    case 'file':
      return { environment };
    case 'ssh':
      return { environment: { ...environment, ...passedOn(['HOME', 'SSH_AUTH_SOCK', 'USER']), ...ssh(access) } };
    case 'http':
    case 'https': {
      const secret = await secretOf(access);
      return {
        settings: [
          'credential.helper=',
          'credential.useHttpPath=false',
          `credential.${new URL(url).origin}.helper=${HELPER}`,
          'http.followRedirects=false',
          `http.lowSpeedLimit=${String(LOW_SPEED.bytesPerSecond)}`,
          `http.lowSpeedTime=${String(LOW_SPEED.seconds)}`,
        ],
        environment: {
          ...environment,
          ...passedOn(PROXIES),
          ...(secret === null ? {} : { SLIPWAY_REMOTE_USER: access.user, SLIPWAY_REMOTE_SECRET: secret }),
          ...(access.caFile === null ? {} : { GIT_SSL_CAINFO: access.caFile }),
        },
        secrets: secret === null ? [] : [secret, Buffer.from(`${access.user}:${secret}`).toString('base64')],
      };
    }
  }
}

async function secretOf({ secret, secretFile }: RemoteAccess): Promise<string | null> {
  if (secretFile === null) return secret;
  try {
    const [line = ''] = (await readFile(secretFile, 'utf8')).split(/\r?\n/, 1);
    return line;
  } catch (cause) {
    throw new TransferFailed(`${secretFile}, which SLIPWAY_REMOTE_TOKEN_FILE names, cannot be read.`, { cause });
  }
}

/** Unknown hosts are refused, as nobody is there to ask: known_hosts says who is who. */
function ssh({ sshKey, knownHosts }: RemoteAccess): NodeJS.ProcessEnv {
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    'ConnectTimeout=10',
    'ServerAliveInterval=10',
    'ServerAliveCountMax=3',
    ...(sshKey === null ? [] : [`IdentityFile=${sshQuoted(sshKey)}`, 'IdentitiesOnly=yes']),
    ...(knownHosts === null ? [] : [`UserKnownHostsFile=${sshQuoted(knownHosts)}`, 'GlobalKnownHostsFile=/dev/null']),
  ];
  const args = options.map((option) => ` -o ${shellQuoted(option)}`);
  return { GIT_SSH_COMMAND: `ssh${args.join('')}`, GIT_SSH_VARIANT: 'ssh' };
}

/** One file name in a setting of ssh, which takes apart at spaces and replaces after `%`. */
function sshQuoted(path: string): string {
  return `"${path.replace(/["\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
