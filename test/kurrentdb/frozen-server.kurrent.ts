import { setTimeout as pause } from 'node:timers/promises';
import { type EventStore, StoreUnavailable } from '../../src/eventstore';
import { sealedRun } from '../eventstore/sealed-events';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { testNode } from './support/node';
import { startTcpProxy } from './support/tcp-proxy';
import { until } from './support/until';
import { nothingIsUnhandled } from './support/unhandled';

const FROZEN_MS = 10_000;

describeWithServer(`a server that does not answer${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  const nodes = [testNode('a-'), testNode('b-'), testNode('c-')] as const;
  beforeAll(async () => {
    server = await startRealServer({ onDisk: true });
  });
  afterAll(async () => {
    server.thaw();
    for (const node of nodes) await node.dispose();
    await server.dispose();
  });

  it('frozen for ten seconds: everything ends within its deadline, says why, and goes on after', async () => {
    const store = await nodes[0].open(server.connectionString);
    const events = sealedRun('package-a', 2);
    await store.append('package-a', 'no_stream', events.slice(0, 1));
    const seen: string[] = [];
    const stop = new AbortController();
    const subscriber = (async () => {
      for await (const { stream } of store.subscribe({ after: null, signal: stop.signal })) seen.push(stream);
    })();

    server.freeze();
    const frozen = Date.now();
    const appends = Array.from({ length: 100 }, (_, index) => {
      const stream = `package-frozen-${index}`;
      return outcomeOf(store.append(stream, 'no_stream', sealedRun(stream, 1)));
    });
    const reads = Array.from({ length: 20 }, () => outcomeOf(first(store, true)));
    for (const { error, ms } of await Promise.all(reads)) {
      expect(error).toBeInstanceOf(StoreUnavailable);
      expect(ms).toBeLessThan(4_000);
    }
    // What this node has seen can be read all the time.
    expect((await outcomeOf(first(store, false))).error).toBeNull();
    for (const { error, ms } of await Promise.all(appends)) {
      expect(error).toBeInstanceOf(StoreUnavailable);
      expect(ms).toBeLessThan(6_000);
    }
    await until(() => store.status().failing !== null, 3_000);
    expect(store.status()).toMatchObject({ stopped: null, failing: expect.stringContaining('did not answer') });
    expect(store.status().failingForMs).toBeGreaterThanOrEqual(0);
    await pause(Math.max(0, frozen + FROZEN_MS - Date.now()));
    server.thaw();

    await until(() => store.status().failing === null, 10_000);
    const begun = Date.now();
    await store.append('package-a', 0, events.slice(1));
    process.stdout.write(`after the thaw: the first append took ${Date.now() - begun} ms\n`);
    const streams: string[] = [];
    for await (const stream of store.streams()) streams.push(stream);
    await until(() => seen.length >= streams.length + 1, 5_000);
    stop.abort();
    await subscriber;
    expect(seen).toHaveLength(streams.length + 1);
  });

  it('whose answers are lost: appends are stored, and acknowledged after all', async () => {
    const proxy = await startTcpProxy(server.port);
    const store = await nodes[1].open(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    try {
      for (let round = 0; round < 5; round++) {
        proxy.dropAnswers();
        const stream = `package-${round}`;
        const append = store.append(stream, 'no_stream', sealedRun(stream, 1));
        await pause(500);
        proxy.cut();
        expect(await append).toMatchObject({ revision: 0 });
      }
      const all: string[] = [];
      for await (const { stream } of store.readAll()) all.push(stream);
      expect(all).toEqual(['package-0', 'package-1', 'package-2', 'package-3', 'package-4']);
    } finally {
      await store.close();
      await proxy.close();
    }
  });

  it('or only late: everything works, and takes its time', async () => {
    const proxy = await startTcpProxy(server.port);
    const store = await nodes[2].open(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    try {
      proxy.delay(150);
      const run = sealedRun('package-a', 3);
      for (const event of run) {
        await store.append('package-a', event.revision === 0 ? 'no_stream' : event.revision - 1, [event]);
      }
      expect((await outcomeOf(first(store, true))).error).toBeNull();
      proxy.freeze();
      const closing = Date.now();
      await store.close();
      expect(Date.now() - closing).toBeLessThan(5_000);
    } finally {
      await proxy.close();
    }
  });
});

async function first(store: EventStore, latest: boolean): Promise<void> {
  for await (const event of store.readStream('package-a', { latest, limit: 1 })) expect(event.revision).toBe(0);
}

async function outcomeOf(doing: Promise<unknown>): Promise<{ readonly error: unknown; readonly ms: number }> {
  const begun = Date.now();
  const error: unknown = await doing.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { error, ms: Date.now() - begun };
}
