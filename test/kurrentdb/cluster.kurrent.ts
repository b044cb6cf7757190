import { setTimeout as pause } from 'node:timers/promises';
import { describeWithServer, NEEDS_SERVER } from '../eventstore/kurrentdb/support/real-server';
import { type Cluster, startCluster } from './support/cluster';
import { testNode } from './support/node';
import { nothingIsUnhandled } from './support/unhandled';
import { until } from './support/until';
import { tally, write } from './support/writers';

describeWithServer(`a cluster of three servers whose leader is killed${NEEDS_SERVER}`, () => {
  nothingIsUnhandled();
  let cluster: Cluster;
  const [alone, node, fresh] = [testNode(), testNode(), testNode()];
  beforeAll(async () => {
    cluster = await startCluster();
  }, 180_000);
  afterAll(async () => {
    await alone.dispose();
    await node.dispose();
    await fresh.dispose();
    await cluster.dispose();
  });

  it('is told apart from a server of its own where the address is of one member that does not lead', async () => {
    const { port } = await cluster.follower();
    await expect(alone.open(`esdb://127.0.0.1:${port}?tls=false`)).rejects.toThrow('Name all members');
  });

  it('takes appends again within fifteen seconds, with nothing lost and nothing twice', async () => {
    const store = await node.open(cluster.connectionString);
    const stop = new AbortController();
    const writing = write(store, 16, stop.signal);
    await pause(3_000);
    const leader = await cluster.leader();
    const killed = Date.now();
    await leader.kill();
    // Opened while the others choose their leader.
    const other = await fresh.open(cluster.connectionString);
    await pause(15_000);
    const status = store.status();
    stop.abort();
    const told = await writing;

    const after = told.times.filter((time) => time > killed + 100);
    const gaps = after.map((time, index) => time - (after[index - 1] ?? killed));
    await until(async () => (await other.head()) === (await store.head()), 10_000);
    const { acked, lost, twice } = await tally(other, told);
    process.stdout.write(
      `leader killed: acknowledged ${acked}, lost ${lost}, twice ${twice}, failed ${told.failed}, of them stored ` +
        `${told.storedThoughFailed}, longest silence ${Math.max(...gaps)} ms\n`,
    );
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
    expect(after.length).toBeGreaterThan(50);
    expect(Math.max(...gaps)).toBeLessThan(15_000);
    expect(status).toMatchObject({ failing: null, stopped: null });
  });
});
