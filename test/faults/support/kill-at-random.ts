import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '../../validation/hostile/seeded-random';
import { endState } from './end-state';
import { type FaultyNode, type NodeOptions, startFaulty } from './faulty-node';
import { Trials } from './figures';
import { PAIRS, writeAtRandom } from './load';
import { type OwnRecord } from './own-record';
import { recordingClient } from './recording-client';

/** Least and most milliseconds under load before a kill. */
const LEAST_MS = 200;
const MOST_MS = 2_000;

/** Several writers on one server after the other. */
export interface Load {
  /** The server that they talk to from now on; they wait while there is none. */
  serve(node: FaultyNode | null): void;
  /** Lets every command under way end, and the writers with it. */
  stop(): Promise<void>;
}

/** Starts writers, each with packages of its own. */
export function startLoad(record: OwnRecord, seed: number, writers = PAIRS.length, name = 'writer'): Load {
  const changed = new EventTarget();
  let now: FaultyNode | null = null;
  let ended = false;
  const node = async (): Promise<FaultyNode | null> => {
    while (now === null && !ended) await once(changed, 'change');
    return ended ? null : now;
  };
  const client = recordingClient(record);
  const all = Promise.all(
    PAIRS.slice(0, writers).map((pair, index) =>
      writeAtRandom(client, pair, { name: `${name}${index}`, random: seededRandom(seed + index + 1), node }),
    ),
  );
  return {
    serve: (next) => {
      now = next;
      changed.dispatchEvent(new Event('change'));
    },
    stop: async () => {
      ended = true;
      changed.dispatchEvent(new Event('change'));
      await all;
    },
  };
}

/** Kills a server under load again and again, and looks at everything after each kill. */
export async function killAtRandom(options: {
  readonly dataDirectory: string;
  readonly record: OwnRecord;
  readonly random: SeededRandom;
  readonly seed: number;
  readonly kills: number;
  readonly node?: NodeOptions;
}): Promise<{ readonly trials: Trials; readonly more: Readonly<Record<string, number>> }> {
  const { dataDirectory, record, random, seed, kills } = options;
  const trials = new Trials('A5', 'kill -9 at random under load', seed);
  const load = startLoad(record, seed);
  let slowestMs = 0;
  let node = await startFaulty(dataDirectory, options.node);
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      load.serve(node);
      await pause(LEAST_MS + random.below(MOST_MS - LEAST_MS));
      load.serve(null);
      await node.kill();
      const began = performance.now();
      node = await startFaulty(dataDirectory, options.node);
      await node.caughtUp();
      slowestMs = Math.max(slowestMs, performance.now() - began);
      trials.add(await endState(node, dataDirectory, record));
    }
    await load.stop();
    const { events } = await endState(node, dataDirectory, record);
    return { trials, more: { events: events.length, 'slowest recovery ms': Math.round(slowestMs) } };
  } finally {
    await load.stop();
    await node.kill();
  }
}
