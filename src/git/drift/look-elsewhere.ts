import { type GitReading, MAIN_REF, type ObjectId } from '../git-repository';
import { isOnFirstParentLine } from '../first-parent-line';
import { isAncestor } from './foreign-commits';
import { type Sighting } from './look';
import { type RefObservation } from './ref-observation';

/** Commits of `main` that are walked to find one that another place lags behind at. */
const LONGEST_LAG = 200_000;

/** What the log predicts for the refs of every place. */
export interface PredictedRefs {
  readonly main: ObjectId | null;
  /** By full name. */
  readonly tags: ReadonlyMap<string, ObjectId>;
  readonly drafts: ReadonlyMap<string, ObjectId>;
}

/**
 * Judges what another place was seen to hold. A place that lags behind, or does not have a ref yet, waits for a push and is as predicted.
 * Verdicts are remembered: nothing is walked while nothing moves.
 */
export function createLookElsewhere(objects: Pick<GitReading['objects'], 'readCommit' | 'readTag'>) {
  const verdicts = new Map<string, boolean>();

  const lags = async (ref: string, expected: ObjectId, found: ObjectId): Promise<boolean> => {
    const key = `${ref} ${found}`;
    const sure = verdicts.get(key) === true ? true : verdicts.get(`${key} ${expected}`);
    if (sure !== undefined) return sure;
    const below =
      ref === MAIN_REF
        ? await isOnFirstParentLine(objects, { tip: expected, wanted: found, most: LONGEST_LAG })
        : await isAncestor(objects, found, expected);
    if (verdicts.size > 10_000) verdicts.clear();
    verdicts.set(below ? key : `${key} ${expected}`, below);
    return below;
  };

  return {
    /** Forgets what it knows, after an adoption: what was below the tip may not be any more. */
    forget: (): void => verdicts.clear(),

    async judge(observations: readonly RefObservation[], predicted: PredictedRefs): Promise<readonly Sighting[]> {
      const sightings: Sighting[] = [];
      for (const { place, ref, oid: found } of observations) {
        const expected =
          ref === MAIN_REF ? predicted.main : (predicted.tags.get(ref) ?? predicted.drafts.get(ref) ?? null);
        if (expected === null || found === null || found === expected) continue;
        const isTag = predicted.tags.has(ref);
        if (isTag || !(await lags(ref, expected, found))) sightings.push({ place, ref, expected, found });
      }
      return sightings;
    },
  };
}
