import fc from 'fast-check';
import { PACKAGES } from '../node/starting-repository';
import { versionsOf, type World } from '../world/world';

/** Mostly what makes sense where it is done, and now and then what does not: the model says which refusal has to come. */
export const packages = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...PACKAGES) },
  { weight: 1, arbitrary: fc.constant('nowhere') },
);
export const few = fc.nat({ max: 9 });
export const seldom = fc.nat({ max: 9 }).map((n) => n === 9);
export const key = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: few.map((n) => `key ${n}`) },
);
export const requires = fc.subarray([...PACKAGES].sort(), { maxLength: 2 });
export const changeType = fc.constantFrom('PATCH' as const, 'MINOR' as const, 'MAJOR' as const);
/** No release has it. */
export const NO_VERSION = '9.9.9';

/** One of them, or what to take where there is none. */
export function pick<T>(from: readonly T[], n: number, none: T): T {
  return from[n % Math.max(1, from.length)] ?? none;
}

/** A draft that is there, if one is. */
export const draftOf = (world: World, n: number): string => pick([...world.drafts.keys()], n, 'missing');

/** For a draft. */
export function unusedName(world: World): string {
  const names = new Set([...world.drafts.keys(), ...world.lastOfDraft.keys()]);
  let n = 0;
  while (names.has(`d${n}`)) n += 1;
  return `d${n}`;
}

/** A version of the package, the highest first; now and then one that there is not. */
export const version = (world: World, id: string, n: number): string =>
  n === 9 ? NO_VERSION : pick([...versionsOf(world, id)].reverse(), n, '1.0.0');
