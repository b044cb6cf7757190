import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverIsThere, type ServerSecurity } from './real-server';

/** Whether certificates can be made here. */
export const opensslIsThere = spawnSync('openssl', ['version']).status === 0;

/** What a test with TLS is called where it is skipped. */
export const NEEDS_TLS_SERVER =
  serverIsThere && opensslIsThere ? '' : ' (needs an EventStoreDB server and the program openssl)';

/** Runs with a real server and certificates, and is skipped by name without one of them. */
export const describeWithTls: typeof describe.skip = serverIsThere && opensslIsThere ? describe : describe.skip;

/** Certificates of a test's own, in a directory of their own. */
export interface Certificates {
  readonly security: ServerSecurity;
  /** An authority that made none of them. */
  readonly otherCaFile: string;
  dispose(): void;
}

const EXTENSIONS = `basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=IP:127.0.0.1,DNS:localhost
`;

/** Makes an authority, and a certificate of it for this machine's loopback address. */
export function makeCertificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-certificates-'));
  const path = (name: string): string => join(directory, name);
  mkdirSync(path('authorities'));
  const caFile = path('authorities/ca.crt');
  const openssl = (...args: string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0] ?? ''}: ${stderr}`);
  };
  const authority = (name: string, file: string): void =>
    openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', `${name}.key`, '-out', file],
      ...['-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE'],
      ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    );
  authority('ca', caFile);
  authority('other', path('other.crt'));
  writeFileSync(path('extensions'), EXTENSIONS);
  openssl(
    ...['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'node.key', '-out', 'node.csr'],
    ...['-subj', '/CN=eventstoredb-node'],
  );
  openssl(
    ...['x509', '-req', '-in', 'node.csr', '-CA', caFile, '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'],
    ...['-sha256', '-extfile', 'extensions', '-out', 'node.crt'],
  );
  return {
    security: {
      certificate: path('node.crt'),
      key: path('node.key'),
      authorities: path('authorities'),
      caFile,
    },
    otherCaFile: path('other.crt'),
    dispose: () => rmSync(directory, { recursive: true }),
  };
}
