import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type ValidationEngine } from '../../src/validation';
import { gitTest } from '../git/real-git';
import { runs } from '../support/runs';
import { engineFromSource } from '../validation/support/engine-from-source';
import { check, replay } from './check';
import { draftsAgree } from './commands/expect-agreement';
import { showHistory } from './explain';
import { expectFullAgreement } from './node/full-check';
import { makeTemplate, temporaryDirectory } from './node/template';
import { copyDataDirectory, startTestedNode } from './node/tested-node';
import { clients } from './races/clients';
import { race } from './races/race';
import { regressionsOf } from './regressions';
import { restart } from './world/perform';
import { type World } from './world/world';

const TEST = 'races';
const SECONDS = runs(120, 7_200);

let directory: string;
let validation: ValidationEngine;
/** The world in which every race begins. */
let beginning: World;

beforeAll(async () => {
  directory = temporaryDirectory();
  validation = engineFromSource();
  beginning = await makeTemplate(directory, validation);
});
afterAll(async () => {
  await validation.close();
  rmSync(directory, { recursive: true, force: true });
});

let nodes = 0;
const property = () =>
  fc.asyncProperty(fc.scheduler(), clients, async (scheduler, all) => {
    const place = join(directory, `race-${(nodes += 1)}`);
    copyDataDirectory(join(directory, 'template'), `${place}-race`);
    const { calls, events, worlds } = await race({ place: `${place}-race`, beginning, validation }, scheduler, all);
    // What is left is published, and read, by a node as any other.
    const real = await startTestedNode(`${place}-race`, place, validation);
    try {
      for (const world of worlds) {
        restart(world);
        if (await draftsAgree(world, real)) {
          await expectFullAgreement(real, world);
          return;
        }
      }
      throw new Error(`No order explains it:\n${showHistory(calls, events)}`);
    } finally {
      await real.end();
      rmSync(`${place}-race`, { recursive: true });
    }
  });

for (const regression of regressionsOf(TEST))
  gitTest(
    `Given what once failed (${regression.found}), when it is done again, then some order explains it`,
    async () => {
      await replay(property(), regression);
    },
    SECONDS * 1_000,
  );

gitTest(
  'Given clients of two nodes side by side, when a scheduler mixes their steps, then some order explains every answer',
  async () => {
    await check(TEST, property(), { runs: runs(10, 2_000), seconds: SECONDS * 0.8 });
  },
  SECONDS * 1_000,
);
