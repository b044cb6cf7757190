import { randomUUID } from 'node:crypto';
import { ANY, binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { type EventStore, LogDamaged, StoreUnavailable } from '../../src/eventstore';
import { sealedRun } from '../eventstore/sealed-events';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { testNode, type TestNode } from './support/node';
import { nothingIsUnhandled } from './support/unhandled';
import { until } from './support/until';

const CREDENTIALS = { credentials: { username: 'nobody', password: 'none' } };

describeWithServer(`a log that somebody else wrote to${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  let somebody: EventStoreDBClient;
  const nodes: TestNode[] = [];
  let logs = 0;
  /** A log of its own, as two nodes see it. */
  const newLog = (): { readonly prefix: string; readonly nodes: readonly [TestNode, TestNode] } => {
    const prefix = `log${++logs}-`;
    const both = [testNode(prefix), testNode(prefix)] as const;
    nodes.push(...both);
    return { prefix, nodes: both };
  };
  beforeAll(async () => {
    server = await startRealServer();
    somebody = new EventStoreDBClient({ endpoint: `127.0.0.1:${server.port}` }, { insecure: true });
  });
  afterAll(async () => {
    await somebody.dispose();
    for (const node of nodes) await node.dispose();
    await server.dispose();
  });

  it.each([
    ['JSON that is none', jsonText('{"a":')],
    ['bytes', binaryEvent({ type: 'Tagged', data: Buffer.from([0xff, 0xfe, 0x00]) })],
    ['JSON without metadata', jsonEvent({ type: 'Tagged', data: { a: 1 } })],
    ['a number', jsonText('1')],
    ['another type, with metadata of its own', jsonEvent({ type: 'x', data: {}, metadata: { eventId: randomUUID() } })],
    ['an empty event', binaryEvent({ type: 'Tagged', data: new Uint8Array() })],
  ])('%s: whoever reads it meets damage, and nobody else does', async (_what, event) => {
    const { prefix, nodes: pair } = newLog();
    const store = await pair[0].open(server.connectionString);
    await store.append('package-a', 'no_stream', sealedRun('package-a', 1));
    await somebody.appendToStream(`${prefix}package-a`, event, { expectedRevision: ANY, ...CREDENTIALS });
    await store.append('package-b', 'no_stream', sealedRun('package-b', 1));
    for (const each of [store, await pair[1].open(server.connectionString)]) {
      await expect(revisions(each, 'package-a')).rejects.toThrow(LogDamaged);
      expect(await revisions(each, 'package-b')).toEqual([0]);
      expect(each.status()).toMatchObject({ failing: null, stopped: null });
    }
  });

  it('an id that was sent again and again is damage of that stream alone', async () => {
    const { prefix, nodes: pair } = newLog();
    const store = await pair[0].open(server.connectionString);
    const [event] = sealedRun('package-a', 1);
    await store.append('package-a', 'no_stream', [event!]);
    const { type, data, metadata } = event!;
    for (const stream of ['package-x', 'package-y', 'package-z']) {
      const again = jsonEvent({ id: metadata.eventId, type, data: { ...data }, metadata: { ...metadata } });
      await somebody.appendToStream(`${prefix}${stream}`, again, { expectedRevision: ANY, ...CREDENTIALS });
    }
    await store.append('package-b', 'no_stream', sealedRun('package-b', 1));
    expect(await revisions(store, 'package-a')).toEqual([0]);
    await expect(revisions(store, 'package-z')).rejects.toThrow(LogDamaged);
    expect(await revisions(await pair[1].open(server.connectionString), 'package-b')).toEqual([0]);
  });

  it('streams that are not ours are passed by, however many and whatever they are called', async () => {
    const { nodes: pair } = newLog();
    const store = await pair[0].open(server.connectionString);
    for (const stream of ['other-a', 'package-a', 'Größe', 'log']) {
      const many = Array.from({ length: 200 }, () => jsonEvent({ type: 'Other', data: {} }));
      await somebody.appendToStream(stream, many, { expectedRevision: ANY, ...CREDENTIALS });
    }
    const { position } = await store.append('package-a', 'no_stream', sealedRun('package-a', 1));
    expect(position).toBe(`${store.logId}-0000000000000001`);
    const other = await pair[1].open(server.connectionString);
    expect(await other.head()).toBe(position);
  });

  it('a stream that is cut off at its beginning is read from the copy, and goes on', async () => {
    const { prefix, nodes: pair } = newLog();
    const store = await pair[0].open(server.connectionString);
    const run = sealedRun('package-a', 4);
    await store.append('package-a', 'no_stream', run.slice(0, 3));
    await somebody.setStreamMetadata(`${prefix}package-a`, { truncateBefore: 2 }, CREDENTIALS);
    await store.append('package-a', 2, run.slice(3));
    expect(await revisions(store, 'package-a')).toEqual([0, 1, 2, 3]);
    expect(await revisions(await pair[1].open(server.connectionString), 'package-a')).toEqual([0, 1, 2, 3]);
  });

  it('a stream that is deleted for good stops following, and says so to everybody', async () => {
    const { prefix, nodes: pair } = newLog();
    const store = await pair[0].open(server.connectionString);
    const run = sealedRun('package-a', 2);
    await store.append('package-a', 'no_stream', run.slice(0, 1));
    await somebody.tombstoneStream(`${prefix}package-a`, CREDENTIALS);
    await until(() => store.status().stopped !== null, 5_000);
    expect(store.status().stopped).toBe('Stream package-a was deleted on the server. Restore it from a backup.');
    await expect(store.append('package-a', 0, run.slice(1))).rejects.toThrow('was deleted on the server');
    await expect(store.append('package-b', 'no_stream', sealedRun('package-b', 1))).rejects.toThrow(StoreUnavailable);
    // What this node has seen, it still has; what others may have appended cannot be asked for.
    expect(await revisions(store, 'package-a', { latest: false })).toEqual([0]);
    await expect(revisions(store, 'package-a')).rejects.toThrow(StoreUnavailable);
    await expect(pair[1].open(server.connectionString)).rejects.toThrow('was deleted on the server');
  });

  it('a log whose name was overwritten is refused at start', async () => {
    const { prefix, nodes: pair } = newLog();
    const event = jsonEvent({ type: 'Other', data: {} });
    await somebody.appendToStream(`${prefix}log`, event, { expectedRevision: ANY, ...CREDENTIALS });
    await expect(pair[0].open(server.connectionString)).rejects.toThrow(
      `Stream ${prefix}log does not name a log. Choose another prefix`,
    );
  });
});

describeWithServer(`a server that was set back${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  const node = testNode();
  beforeAll(async () => {
    server = await startRealServer(); // keeps nothing when it ends
  });
  afterAll(async () => {
    await node.dispose();
    await server.dispose();
  });

  it('is noticed by a node that runs, and refused at its next start, before anything is written to it', async () => {
    const store = await node.open(server.connectionString);
    await store.append('package-a', 'no_stream', sealedRun('package-a', 1));
    await server.kill();
    await server.start();
    await until(() => store.status().failing?.includes('was set back') === true, 15_000);
    expect(store.status().failing).toContain('does not hold package-a@0 as this node has seen it');
    await store.close();

    await expect(node.open(server.connectionString)).rejects.toThrow(
      /events\.db is a copy of log [0-9a-f]{12}, but under the prefix \S+ the server holds no log: it was set back/,
    );
    const other = testNode();
    try {
      const begun = await other.open(server.connectionString);
      expect(await begun.head()).toBeNull();
      await expect(node.open(server.connectionString)).rejects.toThrow(`the server holds log ${begun.logId}.`);
    } finally {
      await other.dispose();
    }
  });
});

/** An event of JSON that is not made by a serialiser. */
function jsonText(text: string) {
  const event = binaryEvent({ type: 'Tagged', data: Buffer.from(text) });
  return { ...event, contentType: 'application/json' } as unknown as typeof event;
}

async function revisions(store: EventStore, stream: string, { latest } = { latest: true }): Promise<number[]> {
  const found: number[] = [];
  for await (const { revision } of store.readStream(stream, { latest })) found.push(revision);
  return found;
}
