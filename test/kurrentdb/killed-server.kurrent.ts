import { setTimeout as pause } from 'node:timers/promises';
import {
  describeWithServer,
  NEEDS_SERVER,
  type RealServer,
  startRealServer,
} from '../eventstore/kurrentdb/support/real-server';
import { testNode } from './support/node';
import { randomOf, seedOfRun } from './support/random';
import { nothingIsUnhandled } from './support/unhandled';
import { tally, write } from './support/writers';

const ROUNDS = 4;

describeWithServer(`a server that is killed under sixteen writers${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let server: RealServer;
  const [node, fresh] = [testNode(), testNode()];
  beforeAll(async () => {
    server = await startRealServer({ onDisk: true });
  });
  afterAll(async () => {
    await node.dispose();
    await fresh.dispose();
    await server.dispose();
  });

  it('loses nothing that was acknowledged, and keeps nothing twice', async () => {
    const random = randomOf(seedOfRun());
    const store = await node.open(server.connectionString);
    const stop = new AbortController();
    const writing = write(store, 16, stop.signal);
    for (let round = 0; round < ROUNDS; round++) {
      await pause(1_000 + random() * 1_500);
      await server.kill();
      await pause(random() * 500);
      await server.start();
    }
    await pause(1_000);
    stop.abort();
    const told = await writing;

    // A node that saw nothing of it reads the server; the node that wrote holds the same.
    const other = await fresh.open(server.connectionString);
    const { acked, lost, twice } = await tally(other, told);
    process.stdout.write(
      `killed ${ROUNDS} times: acknowledged ${acked}, lost ${lost}, twice ${twice}, failed ${told.failed}, ` +
        `of them stored ${told.storedThoughFailed}, longest append ${told.longestMs} ms\n`,
    );
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
    expect(acked).toBeGreaterThan(ROUNDS * 100);
    expect(told.longestMs).toBeLessThan(9_500);
    expect(await other.head()).toBe(await store.head());
    expect(store.status()).toEqual({ failing: null, failingForMs: null, stopped: null });
  });
});
