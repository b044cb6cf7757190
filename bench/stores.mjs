// What the two event stores take for an append, a read for a decision, and until a subscriber has an event: the embedded one and a
// KurrentDB, in one run. `npm run bench:stores [-- --appends N] [-- --directory DIR]`; milliseconds, and ratios to the embedded store, which
// travel better from machine to machine. The server is one that runs (SLIPWAY_TEST_EVENTSTORE_URL), else it is started on disk, where there is
// an executable (SLIPWAY_TEST_EVENTSTORE, else below ~/.cache/slipway).
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const require = createRequire(import.meta.url);
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const EXECUTABLE =
  process.env.SLIPWAY_TEST_EVENTSTORE ?? join(CACHE, 'slipway', 'eventstoredb', 'EventStore.ClusterNode');
const AT_ONCE = 64;
const WARM_UP = 50;

const { values } = parseArgs({
  options: { appends: { type: 'string', default: '500' }, directory: { type: 'string', default: tmpdir() } },
});
const appends = Number(values.appends);
const scratch = mkdtempSync(join(values.directory, 'slipway-bench-'));

const built = (module) => join(ROOT, 'dist', 'eventstore', module);
if (!existsSync(built('index.js'))) {
  console.error('Compile first: node bin/slipway.cjs --help');
  process.exit(2);
}
const { sealEvents, EMPTY_STREAM } = require(built('index.js'));
const { openSqliteEventStore } = require(built('sqlite/sqlite-event-store.js'));
const { openKurrentDbEventStore } = require(built('kurrentdb/open-kurrentdb-event-store.js'));
const { parseConnectionString } = require(built('kurrentdb/connection-settings.js'));

try {
  const embedded = await measure(openSqliteEventStore({ path: join(scratch, 'embedded.db') }));
  const server = await startServer();
  if (server === null) {
    report({ 'embedded SQLite': embedded });
    console.log(
      `Not measured: KurrentDB (needs a server: SLIPWAY_TEST_EVENTSTORE_URL, or its executable at ${EXECUTABLE}).`,
    );
  } else {
    try {
      const connection = parseConnectionString(server.url);
      const prefix = `b${randomBytes(6).toString('hex')}-`;
      const open = (copy) => openKurrentDbEventStore({ connection, prefix, path: join(scratch, copy) });
      report({ 'embedded SQLite': embedded, [server.name]: await measure(await open('copy.db')) });
      const began = performance.now();
      const store = await open('fetched.db');
      const took = performance.now() - began;
      const events = Number(`0x${(await store.head()).split('-')[1]}`);
      await store.close();
      console.log(`${String(events)} events fetched into a new copy in ${took.toFixed(0)} ms`);
    } finally {
      await server.stop();
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Samples of a store in milliseconds, by what was measured. Closes the store. */
async function measure(store) {
  const samples = { serial: [], atOnce: [], latest: [], subscriber: [] };
  const stopping = new AbortController();
  const seen = new Map();
  const following = (async () => {
    for await (const { metadata } of store.subscribe({ after: null, signal: stopping.signal })) {
      seen.get(metadata.eventId)?.(performance.now());
    }
  })();

  let head = EMPTY_STREAM;
  for (let count = 0; count < WARM_UP + appends; count += 1) {
    const [event] = envelopes('package-serial', head);
    const told = new Promise((resolve) => seen.set(event.metadata.eventId, resolve));
    const began = performance.now();
    await store.append('package-serial', head.revision < 0 ? 'no_stream' : head.revision, [event]);
    const appended = performance.now() - began;
    const subscriber = (await told) - began;
    seen.clear();
    head = { revision: event.revision, hash: event.metadata.hash, occurredAt: event.metadata.occurredAt };
    const asked = performance.now();
    for await (const _last of store.readStream('package-serial', { latest: true, fromRevision: event.revision }));
    if (count < WARM_UP) continue;
    samples.serial.push(appended);
    samples.subscriber.push(subscriber);
    samples.latest.push(performance.now() - asked);
  }

  const began = performance.now();
  const writers = Array.from({ length: AT_ONCE }, async (_, writer) => {
    const stream = `package-writer-${String(writer)}`;
    let at = EMPTY_STREAM;
    for (let count = 0; count < Math.ceil((appends * 4) / AT_ONCE); count += 1) {
      const [event] = envelopes(stream, at);
      const sent = performance.now();
      await store.append(stream, at.revision < 0 ? 'no_stream' : at.revision, [event]);
      samples.atOnce.push(performance.now() - sent);
      at = { revision: event.revision, hash: event.metadata.hash, occurredAt: event.metadata.occurredAt };
    }
  });
  await Promise.all(writers);
  const perSecond = samples.atOnce.length / ((performance.now() - began) / 1_000);
  stopping.abort();
  await store.close();
  await following;
  return { ...samples, perSecond };
}

function envelopes(stream, head) {
  const data = { package: 'p', version: '1.0.0', tag: 'p/v1.0.0', commit: 'c'.repeat(40), message: 'm'.repeat(200) };
  const context = {
    actor: { id: 'bench', name: 'Bench' },
    commandId: randomUUID(),
    commandDigest: 'd'.repeat(64),
    correlationId: randomUUID(),
    now: new Date().toISOString(),
    newEventId: () => randomUUID(),
  };
  return sealEvents({ stream, head, events: [{ type: 'Tagged', data }], context });
}

/** The server that is measured; null where there is none. */
async function startServer() {
  const url = process.env.SLIPWAY_TEST_EVENTSTORE_URL;
  if (url !== undefined) return { url, name: 'KurrentDB (running)', stop: () => Promise.resolve() };
  if (!existsSync(EXECUTABLE)) return null;
  const [port, replicationPort] = [await freePort(), await freePort()];
  const options = {
    db: join(scratch, 'db'),
    index: join(scratch, 'index'),
    log: join(scratch, 'log'),
    'node-ip': '127.0.0.1',
    'node-port': String(port),
    'replication-ip': '127.0.0.1',
    'replication-port': String(replicationPort),
    'run-projections': 'None',
    'stream-existence-filter-size': '1000000',
  };
  const child = spawn(
    EXECUTABLE,
    ['--insecure', '--disable-log-file', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
    { cwd: dirname(EXECUTABLE), env: { ...process.env, EVENTSTORE_TELEMETRY_OPTOUT: 'true' }, stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const isLive = () =>
    fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ status }) => status === 204,
      () => false,
    );
  for (const until = Date.now() + 60_000; !(await isLive()); await pause(200)) {
    if (child.exitCode !== null || Date.now() > until) throw new Error('The server did not start.');
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const { esVersion } = await (await fetch(`http://127.0.0.1:${port}/info`)).json();
  return { url: `esdb://127.0.0.1:${port}?tls=false`, name: `KurrentDB ${esVersion}, disk`, stop };
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

function report(stores) {
  const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  const rows = {
    serial: 'append, one after another',
    atOnce: `append, ${String(AT_ONCE)} at once`,
    latest: 'read for a decision (latest)',
    subscriber: 'append -> subscriber',
  };
  const [yardstick] = Object.values(stores);
  console.log(`${String(appends)} appends one after another, Node ${process.version}`);
  for (const [name, samples] of Object.entries(stores)) {
    console.log(
      `\n${name.padEnd(30)}${['p50 ms', 'p99 ms', 'p50 x', 'p99 x'].map((head) => head.padStart(10)).join('')}`,
    );
    for (const [key, row] of Object.entries(rows)) {
      const [sorted, base] = [samples, yardstick].map((of) => [...of[key]].sort((a, b) => a - b));
      const [p50, p99] = [at(sorted, 0.5), at(sorted, 0.99)];
      const figures = [p50, p99, p50 / at(base, 0.5), p99 / at(base, 0.99)];
      console.log(row.padEnd(30) + figures.map((value) => value.toFixed(2).padStart(10)).join(''));
    }
    console.log(`${`${String(AT_ONCE)} at once, per second`.padEnd(30)}${samples.perSecond.toFixed(0).padStart(10)}`);
  }
}
