import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Step } from '../../src/application';
import { type ValidationEngine } from '../../src/validation';
import { gitTest } from '../git/real-git';
import { runs } from '../support/runs';
import { engineFromSource } from '../validation/support/engine-from-source';
import { check, replay } from './check';
import { type Command, type Model } from './commands/command';
import { KillAndRestart, ReadAt, RebuildReadModels, Restart, SetClock } from './commands/lives';
import { ConcurrentPair, Do, PlanThenAct, RetryLast, RoundTrip, Ship } from './commands/operations';
import { expectFullAgreement } from './node/full-check';
import { makeTemplate, temporaryDirectory } from './node/template';
import { startTestedNode, type TestedNode } from './node/tested-node';
import { regressionsOf } from './regressions';
import { roundTrip, shipment } from './templates/journeys';
import { anything, eventful } from './templates/mixtures';
import { moves } from './templates/moves';
import { type World } from './world/world';

const TEST = 'sequences';
const STEPS: readonly Step[] = ['validated', 'kept', 'appended', 'objects written', 'ref moved', 'projected'];
const SECONDS = runs(120, 7_200);

let directory: string;
let validation: ValidationEngine;
/** The world in which every sequence begins. */
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

const commands = (replayPath?: string) => {
  const of = <C extends Command>(weight: number, arbitrary: fc.Arbitrary<C>) =>
    Array<fc.Arbitrary<Command>>(weight).fill(arbitrary);
  return fc.commands<Model, TestedNode, false>(
    [
      ...of(
        8,
        anything.map((template) => new Do(template)),
      ),
      ...of(
        3,
        shipment.map((templates) => new Ship(templates)),
      ),
      ...of(
        3,
        roundTrip.map((templates) => new RoundTrip(templates)),
      ),
      ...of(
        8,
        moves.map((template) => new Do(template)),
      ),
      ...of(
        1,
        fc.boolean().map((isOther) => new RetryLast(isOther)),
      ),
      ...of(
        2,
        fc.tuple(moves, fc.option(anything)).map(([move, between]) => new PlanThenAct(move, between)),
      ),
      ...of(
        2,
        fc.tuple(anything, anything).map((pair) => new ConcurrentPair(pair)),
      ),
      ...of(
        1,
        fc.nat({ max: 30 }).map((which) => new ReadAt(which)),
      ),
      ...of(
        1,
        fc.integer({ min: -60_000, max: 60_000 }).map((milliseconds) => new SetClock(milliseconds)),
      ),
      ...of(
        2,
        fc.tuple(fc.constantFrom(...STEPS), eventful).map(([step, template]) => new KillAndRestart(step, template)),
      ),
      ...of(
        1,
        fc.constant(null).map(() => new Restart()),
      ),
      ...of(
        1,
        fc.constant(null).map(() => new RebuildReadModels()),
      ),
    ],
    { maxCommands: runs(32, 120), size: 'max', replayPath },
  );
};

let nodes = 0;
const property = (replayPath?: string) =>
  fc.asyncProperty(commands(replayPath), async (sequence) => {
    const model: Model = { world: structuredClone(beginning), last: null };
    const real = await startTestedNode(
      join(directory, 'template'),
      join(directory, `node-${(nodes += 1)}`),
      validation,
    );
    try {
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      await expectFullAgreement(real, model.world);
    } finally {
      await real.end();
    }
  });

for (const regression of regressionsOf(TEST))
  gitTest(
    `Given what once failed (${regression.found}), when it is done again, then model and node agree`,
    async () => {
      await replay(property(regression.replayPath), regression);
    },
    SECONDS * 1_000,
  );

gitTest(
  'Given any sequence of commands, when a node carries it out, then every answer is the one of the model',
  async () => {
    await check(TEST, property(), { runs: runs(5, 1_000), seconds: SECONDS * 0.8 });
  },
  SECONDS * 1_000,
);
