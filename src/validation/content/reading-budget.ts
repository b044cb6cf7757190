import { LIMITS } from '../limits';
import { type Problem } from './problem';

/** What the files of one release may still hold of values and tokens, so that many small files are no way around a limit. */
export interface ReadingBudget {
  /** Counts one more; false when there is no room for it. */
  take(): boolean;
}

export function readingBudget(): ReadingBudget {
  let left: number = LIMITS.releaseValues;
  return { take: () => (left -= 1) >= 0 };
}

/** What is wrong with a file that the budget has no room for: no place in it is to blame. */
export const BUDGET_SPENT: Problem = {
  kind: 'limit',
  message: `The files of this release hold more than ${LIMITS.releaseValues} keys and values. Make them smaller.`,
  offset: null,
  pointer: null,
};
