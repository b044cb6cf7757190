import { setTimeout as pause } from 'node:timers/promises';
import { type EventStore } from '../../src/eventstore';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { sealedRun } from '../eventstore/sealed-events';
import { testNode } from './support/node';
import { startTcpProxy, type TcpProxy } from './support/tcp-proxy';
import { nothingIsUnhandled } from './support/unhandled';

const STREAMS = 20;
const PER_STREAM = 1_000;
const TOTAL = STREAMS * PER_STREAM;

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
    await Promise.all(
      Array.from({ length: STREAMS }, async (_, index) => {
        const stream = `package-${index}`;
        const run = sealedRun(stream, PER_STREAM);
        for (let at = 0; at < PER_STREAM; at += 50) {
          await store.append(stream, at === 0 ? 'no_stream' : at - 1, run.slice(at, at + 50));
        }
      }),
    );
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
});

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
