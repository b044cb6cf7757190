import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const FILE = join(__dirname, 'regressions.json');

/** A run that failed once, and is run before any other ever since. */
export interface Regression {
  readonly test: string;
  readonly seed: number;
  readonly path: string;
  /** Of the commands; absent for tests that have none. */
  readonly replayPath?: string;
  /** What it found. */
  readonly found: string;
}

export function regressionsOf(test: string): readonly Regression[] {
  const all = JSON.parse(readFileSync(FILE, 'utf8')) as readonly Regression[]; // written by people, from the line below
  return all.filter((regression) => regression.test === test);
}

/** The shortest failure that was found, why it is one, and the line to add to `regressions.json` for it. */
export function whyItFailed<T>(test: string, details: fc.RunDetails<T>): string {
  const { seed, counterexample, counterexamplePath: path, errorInstance, numRuns, numShrinks } = details;
  const shown = withoutTurns(fc.stringify(counterexample));
  const replayPath = /replayPath="([^"]+)"/.exec(shown)?.[1];
  const line = JSON.stringify({ test, seed, path, replayPath, found: 'SAY WHAT IT WAS' });
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `Failed in run ${numRuns}, shortened ${numShrinks} times to:\n${shown}\n\n${why}\n\nAdd to test/model/regressions.json:\n${line}`;
}

/** A scheduler shows every turn it gave, hundreds of lines that seed and path decide anyway. */
function withoutTurns(shown: string): string {
  const turns = shown.split('\n').filter((line) => line.startsWith('-> [task')).length;
  return turns === 0 ? shown : shown.replace(/schedulerFor\(\)`[^`]*`/, `a scheduler that gave ${turns} turns`);
}
