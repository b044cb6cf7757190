import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openTokenStore } from '../../src/server/identity/token-store';
import { verifyDataDirectory } from '../../src/server/verify-data-directory';
import { git, gitIsThere } from '../git/real-git';
import { seededRandom } from '../validation/hostile/seeded-random';
import { damage, DAMAGES } from './support/damage';
import { scratch } from './support/data-directory';
import { eventsOf } from './support/end-state';
import { Trials } from './support/figures';
import { Ground } from './support/ground';
import { seedOfRun, trials } from './support/size';

const faults = gitIsThere ? describe : describe.skip;

/** Classes of files, with the name of one of each. */
const CLASSES: Readonly<Record<string, (directory: string) => string>> = {
  'event log': () => 'events.db',
  'write-ahead log': () => 'events.db-wal',
  'loose object': (directory) => pick(directory, /^objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/),
  pack: (directory) => pick(directory, /\.pack$/),
  'pack index': (directory) => pick(directory, /\.idx$/),
  ref: () => 'repository.git/refs/heads/main',
  'packed refs': () => 'repository.git/packed-refs',
  'read model': () => 'read-model.db',
};

function pick(directory: string, pattern: RegExp): string {
  const gitdir = join(directory, 'repository.git');
  const names = readdirSync(gitdir, { recursive: true, encoding: 'utf8' }).filter((name) => pattern.test(name));
  return join('repository.git', names.sort()[0]!);
}

faults('a damaged file (needs git)', () => {
  const { next, record } = scratch();
  let whole: string;
  let stopped: string;
  let ground: Ground;
  let events: string;
  let refs: string;

  /** What people fetch. The refs that keep commits alive are read by nobody. */
  const refsOf = (directory: string): string =>
    git(join(directory, 'repository.git'), [
      'for-each-ref',
      '--format=%(objectname) %(refname)',
      'refs/heads',
      'refs/tags',
    ]);

  /** A branch more is somebody's own; what was there must be there. */
  const standsAsBefore = (now: string): boolean => refs.split('\n').every((ref) => now.split('\n').includes(ref));

  beforeAll(async () => {
    ground = new Ground(next(), record());
    const node = await ground.start();
    await ground.must(node, 'activateReleases', { releases: [await ground.staged(node)], reason: 'Packed' });
    await node.caughtUp();
    const gitdir = join(ground.dataDirectory, 'repository.git');
    git(gitdir, ['gc', '--quiet']);
    await ground.must(node, 'activateReleases', { releases: [await ground.staged(node)], reason: 'Loose' });
    await node.caughtUp();
    whole = next('whole');
    // Killed, so that the write-ahead log still holds what it holds.
    await node.kill();
    cpSync(ground.dataDirectory, whole, { recursive: true });
    // Stopped in order, so that the log itself does.
    await (await ground.start()).end();
    stopped = next('stopped');
    cpSync(ground.dataDirectory, stopped, { recursive: true });
    events = JSON.stringify(await eventsOf(whole));
    refs = refsOf(whole);
    expect((await verifyDataDirectory(whole)).passed).toBe(true);
  });

  it.each(Object.keys(CLASSES))('%s: is found by verify, or changes nothing that anybody reads', async (name) => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    const found = new Trials('B11-B12', `${name}: bit flips, cut off, zeroed, deleted`, seed);
    let detected = 0;
    for (let trial = 0; trial < trials(6, 500); trial += 1) {
      const directory = next('damaged');
      cpSync(name === 'write-ahead log' ? whole : stopped, directory, { recursive: true });
      const how = DAMAGES[Math.max(0, trial - 2) % DAMAGES.length]!;
      const where = damage(join(directory, CLASSES[name]!(directory)), how, random);
      const { passed } = await verifyDataDirectory(directory);
      if (!passed) detected += 1;
      const harmless =
        !passed || (JSON.stringify(await eventsOf(directory)) === events && standsAsBefore(refsOf(directory)));
      found.add(null, harmless ? [] : [`${name} ${where}: verify passes, and something else is read`]);
      rmSync(directory, { recursive: true });
    }
    found.end({ detected });
  });

  it('tokens: no bit flip lets anybody else in', () => {
    const seed = seedOfRun();
    const random = seededRandom(seed);
    const found = new Trials('B11', 'tokens.db: bit flips', seed);
    for (let trial = 0; trial < trials(20, 500); trial += 1) {
      const directory = next('tokens');
      cpSync(whole, directory, { recursive: true, filter: (path) => !path.includes('repository.git') });
      damage(join(directory, 'tokens.db'), 'bit flip', random);
      const strangers = admitted(join(directory, 'tokens.db'));
      found.add(null, strangers ? ['a token that nobody made is accepted'] : []);
      rmSync(directory, { recursive: true });
    }
    found.end();
  });

  it('an empty ref of main is never taken for a new repository', async () => {
    const found = new Trials('E11', 'refs/heads/main empty at the start');
    const directory = next('empty-ref');
    cpSync(whole, directory, { recursive: true });
    const ref = join(directory, 'repository.git/refs/heads/main');
    cpSync('/dev/null', ref);
    const other = new Ground(directory, record());
    const node = await other.start({ boot: { quiet: true } });
    const { status, parts } = await node.readiness();
    const refused = status === 503 && parts.publisher.stopped !== null;
    found.add(null, refused ? [] : ['it went on with an empty main']);
    await other.close();
    found.end();
  });
});

/** Whether a token that was never made is let in; a file that cannot be read lets nobody in. */
function admitted(path: string): boolean {
  try {
    const tokens = openTokenStore({ path });
    try {
      return tokens.verify(`slipway_${'0'.repeat(40)}`) !== null;
    } finally {
      tokens.close();
    }
  } catch {
    return false;
  }
}
