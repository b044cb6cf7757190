import { pause } from '../pause';

/** Of the time, one part in so many may go into the work. */
const SHARE = 20;
/** Pause after the longest work. */
const LONGEST_MS = 2_000;

/** Keeps something that is done over and over to a small share of the time. */
export class Pace {
  #tookMs = 0;

  async measure<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.#tookMs = performance.now() - began;
    }
  }

  /** Waits for the usual time, longer where the work took long; not at all once the signal aborts. */
  async pause(signal: AbortSignal, usualMs: number): Promise<void> {
    await pause(Math.max(usualMs, Math.min(this.#tookMs * SHARE, LONGEST_MS)), signal);
  }
}
