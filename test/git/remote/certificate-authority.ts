import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TlsIdentity } from './git-http-server';

export const opensslIsThere = spawnSync('openssl', ['version']).status === 0;

/** A certificate authority of a test: certificates are signed by the `openssl` program. */
export interface CertificateAuthority {
  /** Its own certificate. */
  readonly file: string;
  /** A server at 127.0.0.1, signed by it. */
  identity(): TlsIdentity;
}

/** Makes an authority with its files in a directory that exists. */
export function certificateAuthority(directory: string, name: string): CertificateAuthority {
  const path = (file: string): string => join(directory, `${name}-${file}`);
  const issue = (file: string, ...more: readonly string[]): void => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', path(`${file}.key`)];
    const args = ['req', '-x509', ...key, '-days', '2', '-subj', `/CN=${name} ${file}`, '-out', path(`${file}.pem`)];
    execFileSync('openssl', [...args, ...more], { stdio: 'pipe' });
  };
  issue('ca', '-addext', 'keyUsage=critical,keyCertSign');
  return {
    file: path('ca.pem'),
    identity: () => {
      const signed = ['-CA', path('ca.pem'), '-CAkey', path('ca.key'), '-addext', 'basicConstraints=critical,CA:FALSE'];
      issue('server', ...signed, '-addext', 'subjectAltName=IP:127.0.0.1');
      return { key: readFileSync(path('server.key'), 'utf8'), cert: readFileSync(path('server.pem'), 'utf8') };
    },
  };
}
