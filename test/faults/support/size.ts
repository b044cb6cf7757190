import { randomInt } from 'node:crypto';

/** True in the long size, `SLIPWAY_FAULTS=long`. */
export const IS_LONG = process.env.SLIPWAY_FAULTS === 'long';

/** How many trials: in the default size, and in the long one. */
export function trials(usually: number, long: number): number {
  return IS_LONG ? long : usually;
}

/** `SLIPWAY_FAULTS_SEED` where that is set; else one that nobody knows before. */
export function seedOfRun(): number {
  return Number(process.env.SLIPWAY_FAULTS_SEED ?? randomInt(1, 2 ** 31));
}
