import fc from 'fast-check';
import { tally } from './commands/command';
import { type Regression, whyItFailed } from './regressions';

/** How often a property is tried, and how long that may take. */
export interface Size {
  readonly runs: number;
  readonly seconds: number;
}

/**
 * Tries a property with the seed of the day, or that of `SLIPWAY_SEED`, and prints what was done.
 * @throws Error when a run fails, and when not all runs were done in time: a machine that is too slow proves nothing.
 */
export async function check<T>(test: string, property: fc.IAsyncProperty<T>, { runs, seconds }: Size): Promise<void> {
  const seed = Number(process.env['SLIPWAY_SEED'] ?? Date.now() & 0x7fffffff);
  const started = performance.now();
  const details = await fc.check(property, { seed, numRuns: runs, interruptAfterTimeLimit: seconds * 1_000 });
  const took = ((performance.now() - started) / 1_000).toFixed(1);
  const outcomes = [...tally.outcomes].sort(([, a], [, b]) => b - a).map(([kind, times]) => `${times} ${kind}`);
  const done = `${details.numRuns} runs, ${tally.commands} commands, ${tally.operations} operations in ${took} s`;
  console.info(`${test}, seed ${seed}: ${done}\n${outcomes.join(', ')}`);
  // A failure that was interrupted while it was shortened is one all the same, and has more to say.
  if (details.counterexample !== null) throw new Error(whyItFailed(test, details));
  if (details.numRuns < runs) throw new Error(`Only ${details.numRuns} of ${runs} runs were done in ${took} s.`);
}

/**
 * Does once more what failed once, and what was tried in its stead while it was shortened.
 * @throws Error when it fails again.
 */
export async function replay<T>(property: fc.IAsyncProperty<T>, { test, seed, path }: Regression): Promise<void> {
  // What was never shortened would be followed by a hundred other runs.
  const details = await fc.check(property, { seed, path, numRuns: 1, endOnFailure: true });
  if (details.failed) throw new Error(whyItFailed(test, details));
}
