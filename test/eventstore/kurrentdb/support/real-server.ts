import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { healthOf } from './health';

const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const NAMED = process.env.SLIPWAY_TEST_EVENTSTORE;
const EXECUTABLE = NAMED ?? join(CACHE, 'slipway', 'eventstoredb', 'EventStore.ClusterNode');
if (NAMED !== undefined && !existsSync(NAMED))
  throw new Error(`SLIPWAY_TEST_EVENTSTORE names ${NAMED}, which is not there.`);

/** Connection string of a server that somebody else runs; undefined where there is none. */
export const RUNNING_SERVER = process.env.SLIPWAY_TEST_EVENTSTORE_URL;

/** Whether tests can start servers of their own. */
export const serverIsThere = existsSync(EXECUTABLE);

/** What a test of the real server is called where it is skipped. */
export const NEEDS_SERVER = serverIsThere
  ? ''
  : ' (needs an EventStoreDB server: SLIPWAY_TEST_EVENTSTORE names its executable)';

/** Runs with a real server, and is skipped by name without one. */
export const describeWithServer: typeof describe.skip = serverIsThere ? describe : describe.skip;

/** How long a server may take until it answers. */
const READY_WITHIN_MS = 60_000;

/** Security of a server: files of its certificate, and of the authority that made it. */
export interface ServerSecurity {
  readonly certificate: string;
  readonly key: string;
  /** Directory of trusted authorities. */
  readonly authorities: string;
  readonly caFile: string;
}

/** One real server of a test's own, on loopback. */
export interface RealServer {
  readonly port: number;
  /** For anybody, or with TLS for the administrator. */
  readonly connectionString: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
  /** Starts it again on the same port and the same data. */
  start(): Promise<void>;
  /** Stops its time, and lets it go on. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

/** Starts a server; it answers when this resolves. Data is lost with the process unless `onDisk`. */
export async function startRealServer(
  options: {
    readonly onDisk?: boolean;
    readonly security?: ServerSecurity;
    readonly port?: number;
    /** More options of the server, as for a member of a cluster. */
    readonly more?: readonly string[];
    /** More settings of the server, by its environment. */
    readonly environment?: Readonly<Record<string, string>>;
    /** A cluster's member is not ready by itself. */
    readonly waits?: boolean;
  } = {},
): Promise<RealServer> {
  const { onDisk = false, security, more = [], waits = true, environment = {} } = options;
  const directory = mkdtempSync(join(tmpdir(), 'slipway-eventstoredb-'));
  const port = options.port ?? (await freePort());
  const replicationPort = await freePort();
  let child: ChildProcess | null = null;

  const args = [
    ...(onDisk
      ? [
          '--db',
          join(directory, 'db'),
          '--index',
          join(directory, 'index'),
          '--stream-existence-filter-size',
          '1000000',
        ]
      : ['--mem-db']),
    ...(security === undefined
      ? ['--insecure']
      : [
          ...['--certificate-file', security.certificate, '--certificate-private-key-file', security.key],
          ...['--trusted-root-certificates-path', security.authorities],
        ]),
    ...['--log', join(directory, 'log'), '--disable-log-file', '--node-ip', '127.0.0.1', '--node-port', String(port)],
    ...['--replication-ip', '127.0.0.1', '--replication-port', String(replicationPort)],
    ...['--run-projections', 'None', '--stats-period-sec', '3600', '--log-level', 'Error'],
    ...more,
  ];
  const ended = async (): Promise<void> => {
    if (child !== null && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    child = null;
  };
  const server: RealServer = {
    port,
    connectionString:
      security === undefined
        ? `esdb://127.0.0.1:${String(port)}?tls=false`
        : `esdb://admin:changeit@127.0.0.1:${String(port)}?tlsCAFile=${encodeURIComponent(security.caFile)}`,
    kill: async () => {
      child?.kill('SIGKILL');
      await ended();
    },
    stop: async () => {
      child?.kill('SIGTERM');
      await ended();
    },
    start: async () => {
      const started = spawn(EXECUTABLE, args, {
        cwd: dirname(EXECUTABLE),
        env: { ...process.env, EVENTSTORE_TELEMETRY_OPTOUT: 'true', ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      let said = '';
      for (const output of [started.stdout, started.stderr]) {
        output.setEncoding('utf8').on('data', (text: string) => {
          said = (said + text).slice(-4_000);
        });
      }
      for (const until = Date.now() + READY_WITHIN_MS; waits;) {
        if (started.exitCode !== null) throw new Error(`The server ended with ${String(started.exitCode)}. ${said}`);
        if (await healthOf(port, security)) return;
        if (Date.now() > until) throw new Error(`The server was not ready in time. ${said}`);
        await pause(100);
      }
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    dispose: async () => {
      child?.kill('SIGKILL');
      await ended();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}
