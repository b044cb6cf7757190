import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openKurrentDbEventStore } from '../../src/eventstore/kurrentdb/open-kurrentdb-event-store';
import { readEventStoreConfig } from '../../src/server/event-store-config';
import { COMPILING_MS, slipway } from '../cli/support/run-slipway';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { sealedRun } from '../eventstore/sealed-events';

const CHECKOUT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(CHECKOUT, path), 'utf8');

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
    server = await startRealServer({
      environment: { ...settings, ...passwords, EVENTSTORE_NODE_HOST_ADVERTISE_AS: 'localhost' },
      security: {
        certificate: settings.EVENTSTORE_CERTIFICATE_FILE ?? '',
        key: settings.EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE ?? '',
        authorities: settings.EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH ?? '',
        caFile: join(certificates, 'ca', 'ca.crt'),
      },
    });
    const signIn = {
      SLIPWAY_EVENT_STORE_CA_FILE: join(certificates, 'ca', 'ca.crt'),
      SLIPWAY_EVENT_STORE_USER: 'slipway',
      SLIPWAY_EVENT_STORE_PASSWORD: 'compose-3',
    };
    const address = `localhost:${String(server.port)}`;
    const config = readEventStoreConfig({}, { ...signIn, SLIPWAY_EVENT_STORE: `esdb://${address}` });
    if (config === null) throw new Error('No event store.');
    const makeUser = (password: string): string =>
      execFileSync(process.execPath, [join(CHECKOUT, 'deploy', 'kurrentdb-user.mjs'), address], {
        env: { ...signIn, ...passwords, SLIPWAY_EVENT_STORE_PASSWORD: password },
        encoding: 'utf8',
      });
    for (const password of ['before', 'compose-3']) expect(makeUser(password)).toBe('User slipway may read $all.\n');
    const store = await openKurrentDbEventStore({ ...config, path: join(directory, 'events.db') });
    const stored = store.append('package-a', 'no_stream', sealedRun('package-a', 1));
    await expect(stored).resolves.toMatchObject({ revision: 0 });
    await store.close();
  }, 60_000);
});
