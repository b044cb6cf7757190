import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../validation/hostile/seeded-random';
import { makeDisk, powerCuts } from './scenarios/power-cut';
import { scratch } from './support/data-directory';
import { NotStarted, startFaulty } from './support/faulty-node';
import { Trials } from './support/figures';
import { Ground } from './support/ground';
import { faultTest, mounts, whyNoImages } from './support/machine';
import { OwnRecord } from './support/own-record';
import { seedOfRun, trials } from './support/size';

describe('a power cut', () => {
  const mounted = mounts(); // before the directory that they are in is removed
  const { next, record } = scratch();

  faultTest(whyNoImages(), 'loses nothing that was acknowledged', async () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    const found = new Trials('B1-B3', 'power cut under load: log, repository and read models on one ext4 image', seed);
    const recordPath = next('record.jsonl');
    const own = new OwnRecord(recordPath);
    const waitMs = Array.from({ length: trials(3, 100) }, (_, cut) => (cut === 0 ? 2_500 : 300) + random.below(1_500));
    const cuts = powerCuts(makeDisk(next(), mounted), {
      record: own,
      recordPath,
      cutRecord: () => next('record.jsonl'),
      seed,
      waitMs,
    });
    for await (const { state, refusal } of cuts) found.add(state, refusal === null ? [] : [refusal]);
    own.close();
    found.end();
  });

  faultTest(whyNoImages(), 'in the first start leaves what the next one finishes', async () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    const found = new Trials('B4', 'power cut in the first start', seed);
    for (let trial = 0; trial < trials(1, 30); trial += 1) {
      const disk = makeDisk(next(), mounted);
      const starting = startFaulty(disk.dataDirectory).catch((error: unknown) => {
        if (error instanceof NotStarted) return null;
        throw error;
      });
      await pause(200 + random.below(1_400));
      const cut = disk.cut();
      await (await starting)?.kill();
      const ground = new Ground(cut.dataDirectory, record());
      found.add(await ground.endState(await ground.start()));
      await ground.close();
      cut.remove();
    }
    found.end();
  });
});
