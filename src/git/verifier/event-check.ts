import { type RecordedEvent } from '../../domain';
import { type CheckName, type CheckResult, checkResult, type Difference, placeOf, wordsOf } from './verification';

/** A check that sees every event of the log once, in order. */
export interface EventCheck {
  take(event: RecordedEvent): Promise<void> | void;
  /**
   * Called once, after the last event.
   * @param interrupted why there were no more events, although the log is longer; null when there were all.
   */
  conclude(interrupted: string | null): Promise<CheckResult> | CheckResult;
}

/** The first finding of a check and how much it compared: what most checks keep. */
export class CheckFindings {
  compared = 0;
  difference: Difference | null = null;
  unchecked: string | null = null;

  /** Keeps a difference unless there is one already. */
  differs(difference: Difference): void {
    this.difference ??= difference;
  }

  /** Keeps the first reason for which something could not be checked. */
  cannot(why: string | null): void {
    this.unchecked ??= why;
  }
}

/**
 * A check that a failure ends without ending the others: what it meets is its result. Events of a damaged log may have any
 * shape, so every error counts.
 */
export function guarded(name: CheckName, check: EventCheck): EventCheck {
  let failure: string | null = null;
  return {
    async take(event) {
      if (failure !== null) return;
      try {
        await check.take(event);
      } catch (error) {
        failure = `At ${placeOf(event)}: ${wordsOf(error)}`;
      }
    },
    async conclude(interrupted) {
      try {
        return await check.conclude(failure ?? interrupted);
      } catch (error) {
        return checkResult(name, { compared: 0, difference: null, unchecked: failure ?? wordsOf(error) });
      }
    },
  };
}

/** A check for which there is nothing to compare; `why` says what is missing, null when nothing need be there. */
export function notChecked(name: CheckName, why: string | null): EventCheck {
  return {
    take: () => undefined,
    conclude: (interrupted) => checkResult(name, { compared: 0, difference: null, unchecked: why ?? interrupted }),
  };
}
