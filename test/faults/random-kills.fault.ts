import { gitIsThere } from '../git/real-git';
import { seededRandom } from '../validation/hostile/seeded-random';
import { scratch } from './support/data-directory';
import { killAtRandom } from './support/kill-at-random';
import { seedOfRun, trials } from './support/size';

const faults = gitIsThere ? describe : describe.skip;

faults('a server that is killed at random under load (needs git)', () => {
  const { next, record } = scratch();

  it('has every acknowledged command once after each kill', async () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    const kills = trials(10, 250);
    const { trials: found, more } = await killAtRandom({
      dataDirectory: next(),
      record: record(),
      random,
      seed,
      kills,
    });
    found.end(more);
  });
});
