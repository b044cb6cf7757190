import type fc from 'fast-check';
import { type Application, createApplication } from '../../../src/application';
import { createDrafts, createDriftWatch, createPublisher, createPublishing, ExpectedRefs } from '../../../src/git';
import { openFoundation } from '../../../src/server/open-foundation';
import { systemIds } from '../../../src/server/system';
import { type ValidationEngine } from '../../../src/validation';
import { count } from '../commands/command';
import { explain, type Recorded } from '../explain';
import { call, type Called, type Known } from '../node/call';
import { createReadLog, type ToldEvent } from '../node/read-log';
import { scheduledPorts } from '../node/scheduled-ports';
import { steppingClock } from '../node/stepping-clock';
import { ACTOR } from '../node/tested-node';
import { type Operation } from '../operation';
import { type World } from '../world/world';
import { type Clients } from './clients';
import { type Step } from './steps';

/** What came of a race. */
export interface Raced {
  readonly calls: readonly Recorded[];
  readonly events: readonly ToldEvent[];
  /** One for each order that explains the answers. */
  readonly worlds: Iterable<World>;
}

/** Where a race takes place, and what stands there when it begins. */
export interface Track {
  readonly place: string;
  readonly beginning: World;
  readonly validation: ValidationEngine;
}

/** Lets clients of two nodes on one log work side by side, in the order that the scheduler decides. */
export async function race(
  { place, beginning, validation }: Track,
  scheduler: fc.Scheduler,
  { here, there }: Clients,
): Promise<Raced> {
  const foundation = await openFoundation(place);
  try {
    const log = createReadLog();
    await log.readOn(foundation.store);
    const before = log.events.length;
    const moveIds = log.moves.map((move) => move.metadata.eventId);
    const known: Known = { firstHeads: new Map(), moveId: (revision) => moveIds[revision] ?? 'no move' };
    const application = (): Application => {
      const ports = scheduledPorts({ ...foundation, validation }, scheduler);
      const rest = {
        clock: steppingClock(),
        ids: systemIds,
        step: () => Promise.resolve(),
        projected: () => Promise.resolve(),
        shareContent: () => Promise.resolve(),
      };
      const driftWatch = createDriftWatch({
        ...ports,
        expected: new ExpectedRefs(ports.store),
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
    const client = async (node: Application, name: string, steps: readonly Step[]): Promise<void> => {
      let n = 0;
      const act = async (operation: Operation): Promise<Called> => {
        const [id, began] = [`${name}.${n++}`, (moment += 1)];
        const called = await call(node, operation, { actor: ACTOR, correlationId: id }, known);
        const { outcome } = called;
        calls.push({ id, operation, outcome, called: began, returned: (moment += 1) });
        count(operation, outcome);
        return called;
      };
      for (const step of steps) await step.take(beginning, act);
    };
    const [first, second] = [application(), application()];
    await scheduler.waitFor(
      Promise.all([
        ...here.map((steps, n) => client(first, `here${n}`, steps)),
        ...there.map((steps, n) => client(second, `there${n}`, steps)),
      ]),
    );
    await log.readOn(foundation.store);
    const events = log.events.slice(before);
    const mayConflict = (mine: Recorded): boolean =>
      calls.some(
        (other) =>
          other.called < mine.returned &&
          mine.called < other.returned &&
          events.some((event) => event.call === other.id) &&
          // With one node alone nobody meets a conflict.
          ((there.length > 0 && isConflict(mine)) || metEndingDraft(mine, other)),
      );
    return { calls, events, worlds: explain(beginning, calls, events, mayConflict) };
  } finally {
    await foundation.close();
  }
}

/** Staging is in the log before its draft has ended: until then there is nothing to commit in that draft, but still the draft. */
function metEndingDraft(mine: Recorded, other: Recorded): boolean {
  const found = 'refused' in mine.outcome && mine.outcome.refused === 'NOTHING_TO_COMMIT';
  return found && other.operation.do === 'stageRelease';
}

function isConflict({ operation, outcome }: Recorded): boolean {
  if (!('refused' in outcome)) return false;
  const hasPlan = 'plan' in operation && operation.plan !== null;
  return outcome.refused === 'CONCURRENT_CHANGE' || (hasPlan && outcome.refused === 'PLAN_OUTDATED');
}
