import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adoptFiles } from '../../../src/server/adopt-source';
import { openFoundation } from '../../../src/server/open-foundation';
import { type ValidationEngine } from '../../../src/validation';
import { steppingClock } from './stepping-clock';
import { type Operation } from '../operation';
import { perform } from '../world/perform';
import { type World } from '../world/world';
import { startingWorld, writeStartingFiles } from './starting-repository';
import { copyDataDirectory, startTestedNode } from './tested-node';

/**
 * Where the data directories of these tests stand. In memory where there is such a place: a process that dies loses nothing
 * there, and nothing waits for a disk.
 */
export function temporaryDirectory(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'slipway-model-'));
}

/** Makes `template`, a data directory with a history to be copied for each run, and answers the world that it holds. */
export async function makeTemplate(directory: string, validation: ValidationEngine): Promise<World> {
  const [files, adopted] = [join(directory, 'files'), join(directory, 'adopted')];
  mkdirSync(files);
  writeStartingFiles(files);
  const foundation = await openFoundation(adopted);
  try {
    await adoptFiles({ ...foundation, validation, clock: steppingClock() }, { directory: files, layout: undefined });
  } finally {
    await foundation.close();
  }
  return prepare(directory, validation);
}

/** Releases to move between, some that wait for their staging, and drafts with something to commit. */
async function prepare(directory: string, validation: ValidationEngine): Promise<World> {
  const world = startingWorld();
  const real = await startTestedNode(join(directory, 'adopted'), join(directory, 'prepared'), validation);
  const does = async (operation: Operation): Promise<void> => {
    expect((await real.perform(operation)).outcome).toEqual(perform(world, operation));
  };
  const releases: readonly (readonly [
    id: string,
    requires: readonly string[],
    reach: 'draft' | 'committed' | 'staged',
  ])[] = [
    ['alpha', [], 'staged'],
    ['beta', [], 'staged'],
    ['delta', ['alpha'], 'staged'],
    ['gamma', ['delta'], 'staged'],
    ['alpha', ['beta'], 'committed'],
    ['delta', [], 'committed'],
    ['alpha', [], 'draft'],
    ['epsilon', [], 'draft'],
  ];
  for (const [n, [id, requires, reach]] of releases.entries()) {
    const draft = `p${n}`;
    await does({ do: 'startDraft', draft, package: id, create: true, baseVersion: null });
    await does({ do: 'saveDraft', draft, package: id, text: n + 2, requires, head: 'any' });
    if (reach === 'draft') continue;
    await does({ do: 'commitDraft', draft, message: 'Prepare', changeType: 'MAJOR', version: null, key: null });
    const version = world.lastOfDraft.get(draft)?.version ?? '';
    if (reach === 'staged') await does({ do: 'stageRelease', package: id, version, commit: 'any', key: null });
  }
  await does({
    do: 'activateReleases',
    releases: [{ package: 'alpha', version: '2.0.0' }],
    reason: 'Prepare',
    plan: null,
    key: null,
  });
  await real.caughtUp();
  copyDataDirectory(join(directory, 'prepared-0'), join(directory, 'template'));
  await real.end();
  world.log.length = 0;
  return world;
}
