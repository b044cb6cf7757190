import { foundIn } from '../support/ground';
import { NotStarted } from '../support/faulty-node';
import { type Scenario } from './scenario';

/** A second process on the data directory of a running one is refused; after a kill -9 of the first it is let in. */
export const secondProcess: Scenario = async (ground) => {
  const first = await ground.start();
  const refusal = await ground.start().then(
    () => 'a second process has the data directory as well',
    (error: unknown) =>
      error instanceof NotStarted && /in use|process \d+/i.test(error.message) ? null : String(error),
  );
  if (refusal !== null) return [refusal];
  await ground.send(first, await ground.prepare(first, 'activateReleases'));
  await first.kill();
  return foundIn(await ground.endState(await ground.start()));
};
