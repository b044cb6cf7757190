import { freePort, type RealServer, startRealServer } from '../../eventstore/kurrentdb/support/real-server';
import { until } from './until';

/** Three real servers that keep one log together. */
export interface Cluster {
  readonly connectionString: string;
  leader(): Promise<RealServer>;
  follower(): Promise<RealServer>;
  dispose(): Promise<void>;
}

/** Starts a cluster, which has a leader and two followers when this resolves. */
export async function startCluster(): Promise<Cluster> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const members = await Promise.all(
    ports.map((port) => {
      const others = ports.filter((other) => other !== port).map((other) => `127.0.0.1:${other}`);
      const more = ['--cluster-size', '3', '--discover-via-dns', 'false', '--gossip-seed', others.join(',')];
      return startRealServer({ port, more, waits: false });
    }),
  );
  const withState = async (state: string): Promise<RealServer[]> => {
    const states = await Promise.all(members.map(({ port }) => stateOf(port)));
    return members.filter((_, index) => states[index] === state);
  };
  const one = async (state: string): Promise<RealServer> => {
    const [member] = await withState(state);
    if (member === undefined) throw new Error(`There is no ${state}.`);
    return member;
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(members.map((member) => member.dispose()));
  };
  try {
    await until(
      async () => (await withState('leader')).length === 1 && (await withState('follower')).length === 2,
      120_000,
    );
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    connectionString: `esdb://${ports.map((port) => `127.0.0.1:${port}`).join(',')}?tls=false`,
    leader: () => one('leader'),
    follower: () => one('follower'),
    dispose,
  };
}

async function stateOf(port: number): Promise<string> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/info`, { signal: AbortSignal.timeout(2_000) });
    return ((await answer.json()) as { state: string }).state;
  } catch {
    return 'out of reach';
  }
}
