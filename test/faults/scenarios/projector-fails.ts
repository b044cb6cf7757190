import { setTimeout as pause } from 'node:timers/promises';
import { foundIn } from '../support/ground';
import { type Scenario } from './scenario';

const NOTICED_WITHIN_MS = 3_000;

/** Something throws where the read models are written: the server must say so, and the next start must have it all. */
export const projectorFails: Scenario = async (ground) => {
  const first = await ground.start();
  const command = await ground.prepare(first, 'activateReleases');
  await first.caughtUp();
  await first.tell({ order: 'fail at step', step: 'projected' });
  await ground.send(first, command);
  const giveUp = Date.now() + NOTICED_WITHIN_MS;
  let status = 200;
  while (status === 200 && Date.now() < giveUp) {
    ({ status } = await first.readiness());
    await pause(20);
  }
  const silent = status === 200 ? ['a silent stall: /readyz is 200 after the projection threw'] : [];
  await first.kill();
  return [...silent, ...foundIn(await ground.endState(await ground.start()))];
};
