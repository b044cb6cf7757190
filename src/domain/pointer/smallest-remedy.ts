import { type RemedyRelease } from '../errors/pointer.errors';
import { comparePackageIds, type PackageId } from '../package-id';
import { type PlannedMove } from './planned-move';
import { activeMap, type PointerState } from './pointer.state';
import { type CandidatesOf } from './remedy-candidate';
import { RemedySearch } from './remedy-search';
import { type RemedyStage } from './remedy-stage';

/** Releases that one move may hold, and so the move that carries a remedy out. */
const MAX_RELEASES = 1_000;

/** Packages and requirements that a search may look at: about a tenth of a second at worst. */
export const REMEDY_STEPS = 100_000;

/**
 * The smallest set of further releases with which nothing about dependencies stands against a move: activated in the same
 * move where it is an activation, and before it, in a move that is itself safe, where it is a rollback or a deactivation.
 * Sorted by package id; empty where nothing stands against the move. Null where there is no such set, or where something
 * else than dependencies stands against the move.
 *
 * Of the smallest sets it is one that replaces the fewest active releases, then the first one by package ids; its
 * versions are then raised, package by package, to the highest with which it stays safe.
 *
 * The search is bounded by `steps`, and by the 1,000 releases that one move may hold. What it answers is safe and of the
 * smallest size whatever the bound. Where the bound is met first it answers null though there may be a set, or a set of
 * the smallest size that is not the first among its equals. The same input always gives the same answer.
 */
export function smallestRemedy(
  state: PointerState,
  plan: PlannedMove,
  candidatesOf: CandidatesOf,
  steps: number = REMEDY_STEPS,
): readonly RemedyRelease[] | null {
  if (plan.blockers.length > plan.violations.length) return null;
  if (plan.violations.length === 0) return [];
  const fixed = new Set(plan.changes.map((change) => change.package));
  const search = new RemedySearch({
    plan,
    fixed,
    candidatesOf,
    stages: stagesOf(state, plan, fixed),
    largest: plan.type === 'Activate' ? MAX_RELEASES - fixed.size : MAX_RELEASES,
    steps,
  });
  const found = search.run();
  if (found === null) return null;
  return [...found]
    .map(([id, { version }]) => ({ packageId: id, version }))
    .sort((a, b) => comparePackageIds(a.packageId, b.packageId));
}

function stagesOf(state: PointerState, plan: PlannedMove, fixed: ReadonlySet<PackageId>): readonly RemedyStage[] {
  if (plan.type === 'Activate') return [{ map: plan.map, changed: fixed, remedyCounts: true }];
  return [
    { map: activeMap(state), changed: new Set(), remedyCounts: true },
    { map: plan.map, changed: fixed, remedyCounts: false },
  ];
}
