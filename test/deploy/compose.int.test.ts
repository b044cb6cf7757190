import { execFile, execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openKurrentDbEventStore } from '../../src/eventstore/kurrentdb/open-kurrentdb-event-store';
import { readEventStoreConfig } from '../../src/server/event-store-config';
import { COMPILING_MS, slipway } from '../cli/support/run-slipway';
import {
  describeWithServer,
  freePort,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { sealedRun } from '../eventstore/sealed-events';

const CHECKOUT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(CHECKOUT, path), 'utf8');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs deploy/kurrentdb-user.mjs; `said` is told what it prints on the error output as it goes. */
function makeUser(args: readonly string[], env: NodeJS.ProcessEnv, said?: (text: string) => void): Promise<Ended> {
  return new Promise((resolve) => {
    const script = join(CHECKOUT, 'deploy', 'kurrentdb-user.mjs');
    const child = execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
    child.stderr?.on('data', (text: string) => said?.(text));
  });
}

interface Service {
  readonly image: string;
  readonly restart?: string;
  readonly profiles: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly ports?: readonly string[];
  readonly volumes: readonly string[];
  readonly entrypoint?: readonly string[];
}

const { services, volumes } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const servers = Object.entries(services).filter(([name]) => name.startsWith('kurrentdb'));
const nodes = Object.entries(services).filter(([name]) => name.startsWith('slipway'));
const inProfile = (of: typeof servers, profile: string): string[] =>
  of.filter(([, { profiles }]) => profiles.includes(profile)).map(([name]) => name);

describe('docker-compose.yml', () => {
  it('has one KurrentDB or three, and Slipway on them', () => {
    expect(inProfile(servers, 'single')).toEqual(['kurrentdb']);
    expect(inProfile(servers, 'cluster')).toEqual(['kurrentdb-1', 'kurrentdb-2', 'kurrentdb-3']);
    expect(inProfile(nodes, 'single')).toEqual(['slipway']);
    expect(inProfile(nodes, 'cluster')).toEqual(['slipway-1', 'slipway-2']);
  });

  it('starts servers and nodes again however they end', () => {
    for (const [name, { restart }] of [...servers, ...nodes]) expect([name, restart]).toEqual([name, 'always']);
  });

  it('listens on loopback alone', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(ports.length);
  });

  it('holds no password, and takes them from files that are not part of the repository', () => {
    expect(read('docker-compose.yml')).not.toMatch(/changeit|:\/\/[^\s/]*@|password/);
    for (const [, { environment = {}, env_file }] of [...servers, ...nodes]) {
      for (const name of Object.keys(environment)) expect(name).not.toMatch(/PASSWORD|TOKEN|SECRET/);
      const example = read(`${env_file ?? ''}.example`);
      expect(example).toMatch(/PASSWORD=$/m);
      expect(example).not.toMatch(/PASSWORD=./);
    }
    expect(read('.gitignore')).toMatch(/^deploy\/\*\.env$/m);
  });

  it('gives every server and node data of its own, and all nodes one remote', () => {
    for (const profile of ['single', 'cluster']) {
      const own = [...servers, ...nodes]
        .filter(([, { profiles }]) => profiles.includes(profile))
        .map(([, service]) => service.volumes.find((volume) => /:\/(data|var\/lib\/eventstore)$/.test(volume)));
      expect(new Set(own).size).toBe(own.length);
    }
    for (const [, service] of [...nodes, ['remote', services.remote] as const]) {
      expect(service?.volumes).toContain('remote:/remote');
    }
    const named = Object.values(services)
      .flatMap((service) => service.volumes)
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((volume) => !volume.startsWith('.'));
    expect(Object.keys(volumes).sort()).toEqual([...new Set(named)].sort());
    expect(services.remote?.entrypoint?.at(-1)).toBe(nodes[0]?.[1].environment?.SLIPWAY_REMOTE);
  });

  it('names every other server of the cluster to each, and all of them to each node', () => {
    const names = inProfile(servers, 'cluster');
    for (const name of names) {
      const { environment = {} } = services[name] ?? {};
      expect(environment.EVENTSTORE_NODE_HOST_ADVERTISE_AS).toBe(name);
      expect(environment.EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS).toBe(name);
      const others = names.filter((other) => other !== name).map((other) => `${other}:2113`);
      expect(environment.EVENTSTORE_GOSSIP_SEED).toBe(others.join(','));
      expect(environment.EVENTSTORE_CLUSTER_SIZE).toBe(String(names.length));
    }
    for (const [name, { environment = {}, profiles }] of nodes) {
      const { SLIPWAY_EVENT_STORE, SLIPWAY_EVENT_STORE_PREFIX } = environment;
      const config = readEventStoreConfig({}, { SLIPWAY_EVENT_STORE, SLIPWAY_EVENT_STORE_PREFIX });
      const hosts = config?.connection.servers.map(({ host }) => host);
      expect([name, hosts, config?.connection.tls]).toEqual([name, inProfile(servers, profiles[0] ?? ''), true]);
    }
  });

  it('uses settings that Slipway knows', () => {
    const sources = readdirSync(join(CHECKOUT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => read(join('src', path)))
      .join('\n');
    const settings = nodes.flatMap(([, { environment = {}, env_file = '' }]) => [
      ...Object.keys(environment),
      ...(read(`${env_file}.example`).match(/^\w+(?==)/gm) ?? []),
    ]);
    const inImage = read('Dockerfile').match(/SLIPWAY_\w+(?==)/g) ?? [];
    for (const name of [...settings, ...inImage]) expect(sources).toContain(name);
  });
});

describe('Dockerfile', () => {
  const text = read('Dockerfile');
  const json = (instruction: string): unknown =>
    JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, 'm').exec(text)?.[1] ?? 'null');

  it(
    'runs a command of Slipway, not as root',
    async () => {
      expect(json('ENTRYPOINT')).toEqual(['node', 'bin/slipway.cjs']);
      const [command = '', ...options] = json('CMD') as string[];
      const { code, stdout } = await slipway([command, '--help']);
      expect(code).toBe(0);
      for (const option of options.filter((each) => each.startsWith('--'))) expect(stdout).toContain(option);
      expect(text.lastIndexOf('\nUSER node\n')).toBeGreaterThan(text.lastIndexOf('\nFROM '));
    },
    COMPILING_MS,
  );

  it('copies what is there, and what .dockerignore lets through', () => {
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
    const allowed = read('.dockerignore').match(/(?<=^!).+/gm) ?? [];
    expect([...new Set(copied)].sort()).toEqual([...allowed].sort());
    for (const path of copied) expect([path, existsSync(join(CHECKOUT, path))]).toEqual([path, true]);
  });
});

describe('deploy/certificates.sh', () => {
  it('takes names and addresses of both kinds', () => {
    const directory = mkdtempSync(join(tmpdir(), 'slipway-certificates-'));
    try {
      const names = ['db.example.com', '10.1.2.3', '10.example.com', 'fd00::7'];
      const said = execFileSync(join(CHECKOUT, 'deploy', 'certificates.sh'), [directory, ...names], {
        encoding: 'utf8',
      });
      expect(said).toContain(`Made ${directory}/node/node.crt`);
      const { subjectAltName } = new X509Certificate(readFileSync(join(directory, 'node', 'node.crt')));
      expect(subjectAltName?.split(', ')).toEqual(
        expect.arrayContaining([
          'DNS:kurrentdb',
          'DNS:db.example.com',
          'DNS:10.example.com',
          'IP Address:127.0.0.1',
          'IP Address:10.1.2.3',
          'IP Address:FD00:0:0:0:0:0:0:7',
        ]),
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('deploy/kurrentdb-user.mjs', () => {
  let directory: string;
  let env: NodeJS.ProcessEnv;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-user-'));
    const file = join(directory, 'ca.crt');
    writeFileSync(file, '-----BEGIN CERTIFICATE-----\n');
    env = {
      EVENTSTORE_DEFAULT_ADMIN_PASSWORD: 'compose-1',
      SLIPWAY_EVENT_STORE_USER: 'slipway',
      SLIPWAY_EVENT_STORE_PASSWORD: 'compose-3',
      SLIPWAY_EVENT_STORE_CA_FILE: file,
    };
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([
    ['no server', [], {}, 'Name a server: HOST[:PORT].'],
    ['a connection string', ['esdb://localhost:2113'], {}, 'A server is named as HOST or HOST:PORT, without esdb://'],
    ['a time that is none', ['--wait', 'long', 'localhost'], {}, '--wait takes a number of seconds.'],
    ['no user', ['localhost'], { SLIPWAY_EVENT_STORE_USER: '' }, 'SLIPWAY_EVENT_STORE_USER is not set.'],
    ['the administrator', ['localhost'], { SLIPWAY_EVENT_STORE_USER: 'admin' }, 'there is nothing to do'],
    [
      'a CA file that is not there',
      ['localhost'],
      { SLIPWAY_EVENT_STORE_CA_FILE: '/nowhere/ca.crt' },
      '/nowhere/ca.crt, which SLIPWAY_EVENT_STORE_CA_FILE names, cannot be read (ENOENT).',
    ],
    [
      'a CA file without a certificate',
      ['localhost'],
      { SLIPWAY_EVENT_STORE_CA_FILE: __filename.replace(/compose.*/, 'install-scripts.unit.test.ts') },
      'holds no certificate in PEM',
    ],
  ])('refuses %s in one line', async (_what, args, more, words) => {
    const { code, stdout, stderr } = await makeUser(args, { ...env, ...more });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('says that nothing answers, at port 2113 where none is given, after the time that was given', async () => {
    const port = String(await freePort());
    const { code, stderr } = await makeUser(['--wait', '0', `127.0.0.1:${port}`, 'kurrentdb.invalid'], env);
    expect(code).toBe(1);
    expect(stderr).toContain(`127.0.0.1:${port} does not answer (ECONNREFUSED).`);
    expect(stderr).toMatch(/kurrentdb\.invalid:2113 does not answer \((ENOTFOUND|EAI_AGAIN)\)\./);
  });

  it('says at once that a server runs without TLS', async () => {
    const insecure = createServer().listen(0, '127.0.0.1');
    await once(insecure, 'listening');
    const { port } = insecure.address() as AddressInfo;
    try {
      const { code, stderr } = await makeUser([`127.0.0.1:${String(port)}`], env);
      expect(code).toBe(1);
      expect(stderr).toContain(`127.0.0.1:${String(port)} does not speak TLS`);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    } finally {
      insecure.close();
    }
  });
});

describeWithServer(`a server as docker-compose.yml starts it${NEEDS_SERVER}`, () => {
  let directory: string;
  let server: RealServer;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-compose-'));
  });
  afterAll(async () => {
    await server.dispose();
    rmSync(directory, { recursive: true });
  });

  it('is reached by its name, with the certificates that deploy/certificates.sh makes and by the user that deploy/kurrentdb-user.mjs makes', async () => {
    const certificates = join(directory, 'certificates');
    for (const _twice of [1, 2]) execFileSync(join(CHECKOUT, 'deploy', 'certificates.sh'), [certificates]);
    const { environment = {} } = services['kurrentdb'] ?? {};
    const passwords = { EVENTSTORE_DEFAULT_ADMIN_PASSWORD: 'compose-1', EVENTSTORE_DEFAULT_OPS_PASSWORD: 'compose-2' };
    expect(read('deploy/kurrentdb.env.example').match(/^\w+(?==)/gm)).toEqual(Object.keys(passwords));
    const {
      EVENTSTORE_NODE_IP: _anywhere,
      EVENTSTORE_REPLICATION_IP: _replication,
      ...settings
    } = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, value.replace(/^\/certificates/, certificates)]),
    );
    const signIn = {
      SLIPWAY_EVENT_STORE_CA_FILE: join(certificates, 'ca', 'ca.crt'),
      SLIPWAY_EVENT_STORE_USER: 'slipway',
      SLIPWAY_EVENT_STORE_PASSWORD: 'compose-3',
    };
    const port = await freePort();
    const address = `localhost:${String(port)}`;
    const env = { ...signIn, ...passwords };
    // It is asked for before the server is there.
    let waiting: Promise<Ended> | undefined;
    await new Promise<void>((resolve) => {
      waiting = makeUser(['--wait', '120', address], { ...env, SLIPWAY_EVENT_STORE_PASSWORD: 'before' }, (text) => {
        if (text.includes('Trying again for 120 s.')) resolve();
      });
    });
    server = await startRealServer({
      port,
      environment: { ...settings, ...passwords, EVENTSTORE_NODE_HOST_ADVERTISE_AS: 'localhost' },
      security: {
        certificate: settings.EVENTSTORE_CERTIFICATE_FILE ?? '',
        key: settings.EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE ?? '',
        authorities: settings.EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH ?? '',
        caFile: join(certificates, 'ca', 'ca.crt'),
      },
    });
    const config = readEventStoreConfig({}, { ...signIn, SLIPWAY_EVENT_STORE: `esdb://${address}` });
    if (config === null) throw new Error('No event store.');
    const made = 'User slipway may read $all.\n';
    const waited = await waiting;
    expect(waited).toMatchObject({ code: 0, stdout: made });
    expect(waited?.stderr).toContain(`${address} does not answer (ECONNREFUSED).`);
    await expect(makeUser([address], env)).resolves.toEqual({ code: 0, stdout: made, stderr: '' });
    const byAddress = await makeUser([`127.0.0.1:${String(port)}`], env);
    expect(byAddress).toEqual({ code: 0, stdout: made, stderr: '' });
    const wrong = await makeUser([address], { ...env, EVENTSTORE_DEFAULT_ADMIN_PASSWORD: 'other' });
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain(`${address} does not take the password of admin.`);
    const store = await openKurrentDbEventStore({ ...config, path: join(directory, 'events.db') });
    const stored = store.append('package-a', 'no_stream', sealedRun('package-a', 1));
    await expect(stored).resolves.toMatchObject({ revision: 0 });
    await store.close();
  }, 180_000);
});
