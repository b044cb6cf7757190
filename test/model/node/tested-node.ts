import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Step } from '../../../src/application';
import { rebuildReadModel } from '../../../src/projections';
import { type SlipwayNode, startNode } from '../../../src/server/compose';
import { type Foundation, openFoundation } from '../../../src/server/open-foundation';
import { READ_MODEL_FILE } from '../../../src/server/data-directory';
import { type Log } from '../../../src/server/log';
import { type ValidationEngine } from '../../../src/validation';
import { type Operation } from '../operation';
import { call, type Called, type Known } from './call';
import { type RecordedEvent } from '../../../src/domain';
import { createReadLog, type ToldEvent } from './read-log';
import { steppingClock, type SteppingClock } from './stepping-clock';

export const ACTOR = { id: 'tom.moseley', name: 'Tom Moseley' };

/** A node in this process, on a data directory of its own, that can be stopped, killed and started again. */
export interface TestedNode {
  readonly clock: SteppingClock;
  /** Reads what the log holds by now: what `events` and `moves` answer from. */
  readonly readLog: () => Promise<void>;
  /** Since the start. */
  readonly events: () => readonly ToldEvent[];
  /** Moves of the pointer by revision, the adopted one first. */
  readonly moves: () => readonly RecordedEvent[];
  readonly foundation: () => Foundation;
  readonly node: () => SlipwayNode;
  readonly perform: (operation: Operation, callId?: string) => Promise<Called>;
  /** Waits until read models and Git hold what the log holds. */
  readonly caughtUp: () => Promise<void>;
  /** Stops it in order, does something on what is left open, and starts it again. */
  readonly restart: () => Promise<void>;
  /** Makes the read models anew; answers whether they were what the log says. */
  readonly rebuild: () => Promise<boolean>;
  /**
   * The process dies when the operation comes to a step, else after its answer; what stood on the disk at that moment is
   * started again. Answers what the client got before; null when it got nothing.
   */
  readonly kill: (step: Step, operation: Operation) => Promise<Called | null>;
  /** What went wrong behind the answers. */
  readonly complaints: readonly unknown[];
  readonly end: () => Promise<void>;
}

/** Starts a node on a copy of a data directory that has been adopted. */
export async function startTestedNode(
  template: string,
  directory: string,
  validation: ValidationEngine,
): Promise<TestedNode> {
  const clock = steppingClock();
  const log = createReadLog();
  const complaints: unknown[] = [];
  const silent: Log = {
    info: () => undefined,
    warn: (...what: unknown[]) => void complaints.push(what),
    error: (...what: unknown[]) => void complaints.push(what),
  };
  const known: Known = {
    firstHeads: new Map(),
    moveId: (revision) => log.moves[revision]?.metadata.eventId ?? 'no move',
  };
  let lives = 0;
  let place = `${directory}-0`;
  let onStep: (step: Step) => void = () => undefined;
  let calls = 0;
  let foundation!: Foundation; // `open` sets both before anybody asks
  let node!: SlipwayNode;

  const hook = (step: Step): Promise<void> => {
    onStep(step);
    return Promise.resolve();
  };
  const open = async (): Promise<void> => {
    foundation = { ...(await openFoundation(place)), validation, clock };
    node = await startNode(foundation, { log: silent, step: hook });
  };
  const stop = async (): Promise<void> => {
    await node.stop();
    await foundation.close();
  };
  const caughtUp = async (): Promise<void> => {
    const head = await foundation.store.head();
    if (head === null) return;
    await node.publisher.publishedUpTo(head);
    await node.projections.waitFor(head, 10_000);
  };
  const perform = (operation: Operation, callId = `call ${(calls += 1)}`): Promise<Called> =>
    call(node.application, operation, { actor: ACTOR, correlationId: callId }, known);

  copyDataDirectory(template, place);
  await open();
  await log.readOn(foundation.store);
  const beginning = log.events.length;
  return {
    clock,
    readLog: () => log.readOn(foundation.store),
    events: () => log.events.slice(beginning),
    moves: () => log.moves,
    complaints,
    foundation: () => foundation,
    node: () => node,
    perform,
    caughtUp,
    restart: async () => {
      await stop();
      await open();
    },
    rebuild: async () => {
      await caughtUp();
      await node.stop();
      const { digestBefore, digest } = await rebuildReadModel({
        path: join(place, READ_MODEL_FILE),
        store: foundation.store,
      });
      await foundation.close();
      await open();
      return digestBefore === digest;
    },
    kill: async (step, operation) => {
      await caughtUp(); // or a step of an earlier operation would be taken for one of this
      const image = `${directory}-${(lives += 1)}`;
      const taken = { at: null as Step | 'the end' | null };
      const take = (at: Step | 'the end'): void => {
        if (taken.at === null) copyDataDirectory(place, image);
        taken.at ??= at;
      };
      onStep = (reached) => {
        if (reached === step) take(step);
      };
      const called = await perform(operation);
      const isAcknowledged = taken.at === null;
      await caughtUp();
      take('the end');
      onStep = () => undefined;
      await stop();
      rmSync(place, { recursive: true });
      place = image;
      await open();
      return isAcknowledged ? called : null;
    },
    end: async () => {
      await stop();
      rmSync(place, { recursive: true });
    },
  };
}

/** What a killed process leaves on the disk: everything but what only a living one needs. */
export function copyDataDirectory(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !/^(lock\.db.*|.*-shm)$/.test(basename(path)) });
}
