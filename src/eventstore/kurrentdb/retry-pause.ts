/** Pause before what failed is tried again: 50 ms, doubled each time, at most a second, each time shortened by chance. */
export function retryPauseMs(tries: number): number {
  return Math.min(50 * 2 ** Math.min(tries, 5), 1_000) * (0.5 + Math.random() / 2);
}
