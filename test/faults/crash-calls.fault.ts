import { gitIsThere } from '../git/real-git';
import { seededRandom } from '../validation/hostile/seeded-random';
import { scratch } from './support/data-directory';
import { NotStarted } from './support/faulty-node';
import { Trials } from './support/figures';
import { Ground } from './support/ground';
import { IS_LONG, seedOfRun, trials } from './support/size';

const COMMANDS = [
  'commitDraft',
  'stageRelease',
  'activateReleases',
  'set',
  'rollback',
  'rollbackActivation',
  'tagRelease',
] as const;

const faults = gitIsThere ? describe : describe.skip;

faults('a server that is killed at a call of a port (needs git)', () => {
  const { next, record } = scratch();

  it('has done each command once, at whichever call it died', async () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    const found = new Trials('A3', 'killed at the k-th call that writes, then the same command again', seed);
    const ground = new Ground(next(), record());
    let node = await ground.start();
    let boundaries = 0;
    for (const name of COMMANDS) {
      const count = async (): Promise<number> => Number(await node.tell({ order: 'count' }));
      const counted = await ground.prepare(node, name);
      await node.caughtUp();
      const before = await count();
      await ground.send(node, counted);
      await node.caughtUp();
      const calls = (await count()) - before;
      boundaries += calls;

      const sample = IS_LONG ? Array.from({ length: calls }, (_, index) => index + 1) : [1 + random.below(calls)];
      for (const call of sample) {
        const command = await ground.prepare(node, name);
        await node.caughtUp();
        await node.tell({ order: 'die at call', call, moment: random.pick(['before', 'after']) });
        await ground.send(node, command);
        // The publisher makes its calls after the answer.
        await Promise.race([node.gone, node.caughtUp().catch(() => undefined)]);
        await node.kill();
        node = await ground.start();
        found.add(await ground.endState(node));
        const again = await ground.send(node, command);
        found.add(
          await ground.endState(node),
          again.ended === 'acknowledged' ? [] : [`${name} call ${call}: ${again.ended}`],
        );
      }
    }
    await ground.close();
    found.end({ boundaries, commands: COMMANDS.length });
  });

  it('recovers from deaths in the middle of its recovery', async () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    const found = new Trials('A4', 'killed again while it recovers, up to 3 deep', seed);
    const ground = new Ground(next(), record());
    let node = await ground.start();
    let deaths = 0;
    for (let round = 0; round < trials(2, 30); round += 1) {
      const command = await ground.prepare(node, random.pick(['activateReleases', 'set', 'stageRelease']));
      await node.caughtUp();
      await node.tell({ order: 'die at step', step: 'appended' });
      await ground.send(node, command);
      await node.gone;
      for (let depth = 1; depth <= 3; depth += 1) {
        const boot = { dieAtCall: depth, moment: random.pick(['before', 'after'] as const) };
        const ended = await ground.start({ boot }).then(
          (dying) =>
            Promise.race([
              dying.gone,
              dying.caughtUp().then(
                () => dying.kill(),
                () => dying.gone,
              ),
            ]),
          (error: unknown) => {
            if (!(error instanceof NotStarted)) throw error;
            return 'SIGKILL';
          },
        );
        if (ended === 'SIGKILL') deaths += 1;
      }
      node = await ground.start();
      found.add(await ground.endState(node));
    }
    await ground.close();
    found.end({ 'deaths in recovery': deaths });
  });

  it('finishes a first start that died again and again', async () => {
    const found = new Trials('B4', 'first start killed at its k-th call, again and again until it is through');
    const ground = new Ground(next(), record());
    const step = trials(25, 1);
    for (let call = 1; ; call += step) {
      const node = await ground.start({ boot: { dieAtCall: call } }).catch((error: unknown) => {
        if (!(error instanceof NotStarted)) throw error;
        return null;
      });
      if (node === null) {
        found.add(null);
        continue;
      }
      found.add(await ground.endState(node));
      break;
    }
    await ground.close();
    found.end();
  });
});
