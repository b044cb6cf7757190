import { type Clock } from '../../../src/application';

/** A clock that goes on by itself with each look, and jumps when it is told to. */
export interface SteppingClock extends Clock {
  jump(milliseconds: number): void;
}

const STEP_MS = 7;

export function steppingClock(): SteppingClock {
  let time = Date.UTC(2026, 2, 1, 9);
  return {
    now: () => new Date((time += STEP_MS)).toISOString(),
    jump: (milliseconds) => {
      time += milliseconds;
    },
  };
}
