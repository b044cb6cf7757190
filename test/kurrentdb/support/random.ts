import { randomInt } from 'node:crypto';

/** Numbers from 0 to below 1 that are the same for one seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run: SLIPWAY_SEED, or a new one; printed either way. */
export function seedOfRun(): number {
  const seed = Number(process.env.SLIPWAY_SEED ?? randomInt(2 ** 31));
  process.stdout.write(`seed ${seed}\n`);
  return seed;
}
