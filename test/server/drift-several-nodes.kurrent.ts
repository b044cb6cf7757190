import { join } from 'node:path';
import { git, gitIsThere } from '../git/real-git';
import { describeWithServer, NEEDS_SERVER } from '../eventstore/kurrentdb/support/real-server';
import { commitForeign, until } from '../git/remote/pushed-story';
import { driftOf } from './support/drift-of-tests';
import { type RunningSlipway } from './support/running-slipway';
import { type SharedLog, startSharedLog } from './support/shared-log';

/** Longer than a node that knows everything waits until an unknown `main` counts as somebody else's. */
const LONG_ENOUGH_MS = 13_000;
const PLAN = { implementation_plan: '1.0.0' };

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const described = gitIsThere ? describeWithServer : describe.skip;

described(`drift that one of several nodes meets (needs git)${NEEDS_SERVER}`, () => {
  let log: SharedLog;
  let a: RunningSlipway;
  let b: RunningSlipway;

  beforeEach(async () => {
    log = await startSharedLog();
    [a, b] = await Promise.all([log.node('a', { lookEveryMs: 100 }), log.node('b', { lookEveryMs: 100 })]);
    await until(bothAtOneMain);
  });
  afterEach(async () => {
    await Promise.all([a.close(), b.close()]);
    await log.dispose();
  });

  const mainOf = (node: RunningSlipway): string => node.git('rev-parse', 'main');
  const mainThere = (): string => git(log.bare, ['for-each-ref', '--format=%(objectname)', 'refs/heads/main']);
  const bothAtOneMain = (): boolean => mainOf(a) === mainOf(b) && mainThere() === mainOf(a);
  const bareOf = (node: RunningSlipway): string => join(node.dataDirectory, 'repository.git');
  const places = async (node: RunningSlipway): Promise<readonly string[]> =>
    (await driftOf(node).seen()).map(({ place }) => place);
  /** A move on each node comes to `main` everywhere, and nobody complains, also after a while. */
  const bothGoOn = async (): Promise<void> => {
    await a.commands.deactivate(Object.keys(PLAN));
    await until(bothAtOneMain);
    await b.commands.activate(PLAN);
    await until(bothAtOneMain);
    await sleep(LONG_ENOUGH_MS);
    for (const node of [a, b]) {
      expect(await places(node)).toEqual([]);
      expect((await driftOf(node).readyz()).status).toBe(200);
    }
    expect(bothAtOneMain()).toBe(true);
  };

  it('is healed on it, and what another node has published meanwhile was never drift', async () => {
    commitForeign(bareOf(b), 'main');
    await until(async () => (await places(b)).length > 0);
    await a.commands.deactivate(Object.keys(PLAN));
    await until(() => mainThere() === mainOf(a));
    await a.commands.activate(PLAN);
    await sleep(LONG_ENOUGH_MS);
    expect(await places(b)).toEqual(['LOCAL']);
    expect(b.logged.filter(({ message }) => message.includes('moved refs of the remote'))).toEqual([]);
    await driftOf(b).resolve('HEAL', { place: 'LOCAL' });
    await until(bothAtOneMain);
    await bothGoOn();
  }, 90_000);

  it('is adopted on another one, and the adopted commit is moved to', async () => {
    const foreign = commitForeign(log.bare, 'main');
    await until(async () => [...(await places(a)), ...(await places(b))].join() === 'REMOTE,REMOTE', 25_000);
    await driftOf(a).resolve('ADOPT');
    await until(() => mainOf(a) === foreign && mainOf(b) === foreign);
    await bothGoOn();
  }, 90_000);

  it('is the same on both, and the one that did not adopt it goes on from there', async () => {
    const foreign = commitForeign(bareOf(a), 'main', 'another.txt');
    git(bareOf(b), ['fetch', '--quiet', bareOf(a), '+main:main']);
    await until(async () => [...(await places(a)), ...(await places(b))].join() === 'LOCAL,LOCAL');
    await driftOf(a).resolve('ADOPT');
    await until(async () => mainThere() === foreign && (await places(b)).length === 0);
    await bothGoOn();
  }, 90_000);
});
