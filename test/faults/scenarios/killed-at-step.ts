import { type Step } from '../../../src/application';
import { foundIn } from '../support/ground';
import { type OperationName } from '../support/recording-client';
import { type Scenario } from './scenario';

/** The process is killed when a command reaches a step; the client sends the same command, under the same key, to the next one. */
export function killedAtStep(operation: OperationName | 'set', step: Step): Scenario {
  return async (ground) => {
    const first = await ground.start();
    const command = await ground.prepare(first, operation);
    await first.caughtUp();
    await first.tell({ order: 'die at step', step });
    await ground.send(first, command);
    await first.gone;
    const second = await ground.start();
    const found = foundIn(await ground.endState(second));
    const again = await ground.send(second, command);
    if (again.ended !== 'acknowledged') return [...found, `the retry was ${again.ended}`];
    return [...found, ...foundIn(await ground.endState(second))];
  };
}

/** The process is killed when nothing is under way, and started again: nothing may be done a second time. */
export const restarted: Scenario = async (ground) => {
  const first = await ground.start();
  await ground.send(first, await ground.prepare(first, 'rollback'));
  await first.caughtUp();
  await first.kill();
  const second = await ground.start();
  await ground.must(second, 'activateReleases', { releases: [await ground.staged(second)], reason: 'Next' });
  return foundIn(await ground.endState(second));
};
