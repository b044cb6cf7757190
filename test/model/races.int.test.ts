import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createApplication } from '../../src/application';
import { createDrafts, createDriftWatch, createPublisher, createPublishing } from '../../src/git';
import { openFoundation } from '../../src/server/compose';
import { systemIds } from '../../src/server/system';
import { type ValidationEngine } from '../../src/validation';
import { gitTest } from '../git/real-git';
import { runs } from '../support/runs';
import { engineFromSource } from '../validation/support/engine-from-source';
import { count, tally, type Template } from './commands/command';
import { draftsAgree } from './commands/expect-agreement';
import { explain, type Recorded, showHistory } from './explain';
import { call, type Known } from './node/call';
import { expectFullAgreement } from './node/full-check';
import { createReadLog, type ToldEvent } from './node/read-log';
import { scheduledPorts } from './node/scheduled-ports';
import { steppingClock } from './node/stepping-clock';
import { startingWorld } from './node/starting-repository';
import { makeTemplate, temporaryDirectory } from './node/template';
import { ACTOR, copyDataDirectory, startTestedNode } from './node/tested-node';
import { regressionsOf, whyItFailed } from './regressions';
import { anythingOnDrafts, eventful, plans } from './templates';
import { restart } from './world/perform';
import { type World } from './world/world';

const TEST = 'races';
const SECONDS = runs(60, 3_600);

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

/** What clients of a node do one after the other. The second node has the same log; drafts are at home on the first. */
const clients = fc.record({
  here: fc.array(fc.array(fc.oneof(eventful, eventful, anythingOnDrafts, plans), { minLength: 1, maxLength: 3 }), {
    minLength: 2,
    maxLength: 2,
  }),
  there: fc.array(fc.array(fc.oneof(movesAndMarks(), plans), { minLength: 1, maxLength: 3 }), { maxLength: 1 }),
});

function movesAndMarks(): fc.Arbitrary<Template> {
  return eventful.filter((template) => template(startingWorld()).do !== 'commitDraft');
}

let nodes = 0;
const property = () =>
  fc.asyncProperty(fc.scheduler(), clients, async (scheduler, { here, there }) => {
    const place = join(directory, `race-${(nodes += 1)}`);
    copyDataDirectory(join(directory, 'template'), `${place}-race`);
    const { calls, events, worlds } = await race(`${place}-race`, scheduler, here, there);
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

interface Raced {
  readonly calls: readonly Recorded[];
  readonly events: readonly ToldEvent[];
  /** One for each order that explains the answers. */
  readonly worlds: Iterable<World>;
}

async function race(
  place: string,
  scheduler: fc.Scheduler,
  here: readonly (readonly Template[])[],
  there: readonly (readonly Template[])[],
): Promise<Raced> {
  const foundation = await openFoundation(place);
  try {
    const log = createReadLog();
    await log.readOn(foundation.store);
    const before = log.events.length;
    const moveIds = log.moves.map((move) => move.metadata.eventId);
    const known: Known = { firstHeads: new Map(), moveId: (revision) => moveIds[revision] ?? 'no move' };
    const application = () => {
      const ports = scheduledPorts({ ...foundation, validation }, scheduler);
      const rest = {
        clock: steppingClock(),
        ids: systemIds,
        step: () => Promise.resolve(),
        projected: () => Promise.resolve(),
      };
      const driftWatch = createDriftWatch({
        ...ports,
        publishing: createPublishing(createPublisher({ ...ports, onPublished: () => Promise.resolve() })),
        now: () => rest.clock.now(),
        onFailed: (error) => {
          throw error;
        },
      });
      return createApplication({ ...ports, ...rest, drafts: createDrafts(ports), driftWatch });
    };
    let moment = 0;
    const calls: Recorded[] = [];
    const client = async (
      node: ReturnType<typeof application>,
      name: string,
      templates: readonly Template[],
    ): Promise<void> => {
      for (const [n, template] of templates.entries()) {
        const operation = template(beginning);
        const [id, called] = [`${name}.${n}`, (moment += 1)];
        const { outcome } = await call(node, operation, { actor: ACTOR, correlationId: id }, known);
        calls.push({ id, operation, outcome, called, returned: (moment += 1) });
        count(operation, outcome);
      }
    };
    const [first, second] = [application(), application()];
    await scheduler.waitFor(
      Promise.all([
        ...here.map((templates, n) => client(first, `here${n}`, templates)),
        ...there.map((templates, n) => client(second, `there${n}`, templates)),
      ]),
    );
    await log.readOn(foundation.store);
    const events = log.events.slice(before);
    // With one node alone nobody meets a conflict.
    const mayConflict = (mine: Recorded): boolean =>
      there.length > 0 &&
      isConflict(mine) &&
      calls.some(
        (other) =>
          other.called < mine.returned &&
          mine.called < other.returned &&
          events.some((event) => event.call === other.id),
      );
    return { calls, events, worlds: explain(beginning, calls, events, mayConflict) };
  } finally {
    await foundation.close();
  }
}

function isConflict({ operation, outcome }: Recorded): boolean {
  if (!('refused' in outcome)) return false;
  const hasPlan = 'plan' in operation && operation.plan !== null;
  return outcome.refused === 'CONCURRENT_CHANGE' || (hasPlan && outcome.refused === 'PLAN_OUTDATED');
}

for (const { seed, path, found } of regressionsOf(TEST))
  gitTest(
    `Given what once failed (${found}), when it is done again, then some order explains it`,
    async () => {
      await fc.assert(property(), { seed, path, endOnFailure: true });
    },
    SECONDS * 1_000,
  );

gitTest(
  'Given clients of two nodes side by side, when a scheduler mixes their steps, then some order explains every answer',
  async () => {
    const seed = Number(process.env['SLIPWAY_SEED'] ?? Date.now() & 0x7fffffff);
    const started = performance.now();
    const details = await fc.check(property(), {
      seed,
      numRuns: runs(8, 2_000),
      interruptAfterTimeLimit: SECONDS * 800,
    });
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    const outcomes = [...tally.outcomes].sort(([, a], [, b]) => b - a).map(([kind, times]) => `${times} ${kind}`);
    console.info(
      `seed ${seed}: ${details.numRuns} races, ${tally.operations} operations in ${seconds} s\n${outcomes.join(', ')}`,
    );
    if (details.failed) throw new Error(whyItFailed(TEST, details));
  },
  SECONDS * 1_000,
);
