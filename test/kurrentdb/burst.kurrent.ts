import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type DomainEvent, type EventEnvelope, type Position } from '../../src/domain';
import { type EventStore, StoreUnavailable } from '../../src/eventstore';
import { createProjections, type Projections } from '../../src/projections';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { sealed, sealedRun } from '../eventstore/sealed-events';
import { commitOf, treeOf } from '../projections/given-log';
import { testNode } from './support/node';
import { type Followed, type SlowReadModels } from './support/slow-read-models';
import { startTcpProxy, type TcpProxy } from './support/tcp-proxy';
import { nothingIsUnhandled } from './support/unhandled';

const STREAMS = 20;
const PER_STREAM = 1_000;
const TOTAL = STREAMS * PER_STREAM;
const SLOW_READ_MODELS = join(__dirname, 'support', 'slow-read-models.ts');
const REGISTER = join(__dirname, '..', 'support', 'register-ts.cjs');
/** Makes events of 3 KiB, all of them more than twice as much as the bound on memory. */
const MESSAGE = 'x'.repeat(2_000);
const MORE_MEMORY_MIB = 30;
const readers: ChildProcess[] = [];

describeWithServer(`a burst of ${TOTAL} events${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  let proxy: TcpProxy;
  const [writer, slow, hung] = [testNode(), testNode(), testNode()];
  beforeAll(async () => {
    server = await startRealServer({ onDisk: true });
    proxy = await startTcpProxy(server.port);
  });
  afterAll(async () => {
    for (const reader of readers) reader.kill('SIGKILL');
    for (const node of [writer, slow, hung]) await node.dispose();
    await proxy.close();
    await server.dispose();
  });

  it('reaches slow subscribers, and nodes that the server dropped for being slow, once and in order', async () => {
    const store = await writer.open(server.connectionString);
    const slowStore = await slow.open(server.connectionString);
    const hungStore = await hung.open(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    const stop = new AbortController();
    const received = receive(slowStore, stop.signal, (count) => (count % 500 === 0 ? pause(50) : null));
    const receivedLate = receive(hungStore, stop.signal, () => null);

    const begun = Date.now();
    proxy.freeze(); // its subscription takes nothing until it is thawed
    await burst(store, (stream) => sealedRun(stream, PER_STREAM));
    const written = Date.now();
    proxy.thaw();
    await pause(100);
    proxy.cut();
    for (const each of [received, receivedLate]) expect(await each).toEqual(await places(store));
    stop.abort();
    process.stdout.write(
      `${TOTAL} events: written in ${written - begun} ms, seen by all ${Date.now() - written} ms later\n`,
    );
    for (const each of [store, slowStore, hungStore]) expect(each.status().stopped).toBeNull();
  });

  it('reaches slow read models once and in order, and does not wait in their memory', async () => {
    const prefix = 'read-models-';
    const node = testNode(prefix);
    const directory = mkdtempSync(join(tmpdir(), 'slipway-burst-'));
    const connection = server.connectionString;
    const store = await node.open(connection);
    const following = await slowReadModels({ connection, prefix, directory, total: TOTAL, pauseMs: 50 });
    const begun = Date.now();
    await burst(store, (stream, index) => sealed(stream, null, releasesOf(index)));
    const written = Date.now();
    const { position, stopped, mostBehind, commits, memory, subscriptions } = await following.end();
    process.stdout.write(
      `${TOTAL} events: written in ${written - begun} ms, in the read models ${Date.now() - written} ms later by ${commits} commits, ` +
        `up to ${mostBehind} behind; ${memory.atStart} MiB at the start, ${memory.most} at most; ${subscriptions} subscriptions begun\n`,
    );
    expect({ position, stopped }).toEqual({ position: await store.head(), stopped: null });
    expect(mostBehind).toBeGreaterThan(0.9 * TOTAL);
    expect(memory.most - memory.atStart).toBeLessThan(MORE_MEMORY_MIB);
    // Nothing is followed here: this is what the other process has left.
    const left = createProjections({ path: join(directory, 'read-model.db'), store });
    expect(left.position()).toBe(position);
    expect(eventsIn(left)).toEqual(await places(store));
    expect(left.readModel.releases({}, { first: 1 }).totalCount()).toBe(TOTAL);
    expect(left.readModel.auditLog({}, { first: 1 }).totalCount()).toBe(TOTAL);
    await left.close();
    await node.dispose();
    rmSync(directory, { recursive: true });
  });
});

/** Appends the events of all streams, those of one in appends of 50, one after the other. */
async function burst(store: EventStore, eventsOf: (stream: string, index: number) => EventEnvelope[]): Promise<void> {
  const write = async (stream: string, index: number): Promise<void> => {
    const events = eventsOf(stream, index);
    for (let at = 0; at < events.length; at += 50) {
      await appended(stream, at === 0 ? 'no_stream' : at - 1, events.slice(at, at + 50));
    }
  };
  /** Sent again where a busy machine did not answer in time: the very same are stored once. */
  const appended = async (...append: Parameters<EventStore['append']>): Promise<void> => {
    try {
      await store.append(...append);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await appended(...append);
    }
  };
  await Promise.all(Array.from({ length: STREAMS }, (_, index) => write(`package-${index}`, index)));
}

/** A release with each event of a package. */
function releasesOf(index: number): DomainEvent[] {
  return Array.from({ length: PER_STREAM }, (_, minor) => {
    const version = `1.${minor}.0`;
    const content = `${index} ${version}`;
    const base = { changeType: null, baseVersion: null, draft: 'first', displayName: null, requires: [] };
    const facts = { package: `package_${index}`, version, commit: commitOf(content), tree: treeOf(content) };
    return { type: 'Committed', data: { ...base, ...facts, message: MESSAGE } };
  });
}

/** Read models of a node in a process of its own, whose memory nobody else uses. Resolves when it follows. */
async function slowReadModels(options: SlowReadModels): Promise<{ end(): Promise<Followed> }> {
  const args = ['-r', REGISTER, '--expose-gc', SLOW_READ_MODELS, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  readers.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect(await lines.next()).toEqual({ done: false, value: 'ready' });
  return {
    end: async () => {
      const { value } = await lines.next();
      expect(await exited).toEqual([0, null]);
      return JSON.parse(String(value)) as Followed;
    },
  };
}

function eventsIn({ readModel }: Projections): string[] {
  const found: string[] = [];
  for (let [after, more]: [Position | null, boolean] = [null, true]; more;) {
    const page = readModel.events({ after }, {}, 1_000);
    for (const { node } of page.edges) found.push(`${node.position} ${node.stream}@${node.revision}`);
    [after, more] = [page.edges.at(-1)?.cursor ?? null, page.hasNextPage];
  }
  return found;
}

async function places(store: EventStore): Promise<string[]> {
  const found: string[] = [];
  for await (const { position, stream, revision } of store.readAll()) found.push(`${position} ${stream}@${revision}`);
  return found;
}

async function receive(
  store: EventStore,
  signal: AbortSignal,
  after: (count: number) => Promise<unknown> | null,
): Promise<string[]> {
  const found: string[] = [];
  for await (const { position, stream, revision } of store.subscribe({ after: null, signal })) {
    found.push(`${position} ${stream}@${revision}`);
    await after(found.length);
    if (found.length === TOTAL) return found;
  }
  return found;
}
