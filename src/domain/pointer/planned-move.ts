import { type PointerChange } from '../events';
import { type Blocker } from '../errors/pointer.errors';
import { comparePackageIds, type PackageId } from '../package-id';
import { dependantsOf, type DependencyViolation, dependencyViolations, violationMembers } from './dependency-check';
import { activeMap, type PointedRelease, type PointerState } from './pointer.state';

/** What a move of the pointer would do. The dry run shows it, the act carries it out: one code for both. */
export interface PlannedMove {
  /** Sorted by package id, one per package. */
  readonly changes: readonly PointerChange[];
  /** What refuses the move; empty when it may happen. */
  readonly blockers: readonly Blocker[];
  /** What should be known before it. */
  readonly warnings: readonly Blocker[];
  /** Active packages that depend on a changed one, directly or through others. */
  readonly affected: readonly PackageId[];
  /** The whole map after the move. */
  readonly map: ReadonlyMap<PackageId, PointedRelease>;
}

/** A proposed change with what was found to stand against it. */
export interface Proposal {
  readonly change: PointerChange | null;
  readonly blockers: readonly Blocker[];
  readonly warnings?: readonly Blocker[];
}

/**
 * Puts proposals together on today's map and checks dependencies on the planned one. A violation blocks when it touches a
 * changed package; one elsewhere is a warning, so that an adopted repository with old faults can be mended step by step.
 * Whatever today's map does not have touches a changed package: all that it rests on would stand today otherwise.
 */
export function planMove(state: PointerState, proposals: readonly Proposal[]): PlannedMove {
  const changes = proposals
    .flatMap(({ change }) => (change === null ? [] : [change]))
    .sort((a, b) => comparePackageIds(a.package, b.package));
  const today = activeMap(state);
  const map = mapAfter(today, changes);
  const { blockers, warnings } = judge(dependencyViolations(map), changes);
  return {
    changes,
    blockers: [...proposals.flatMap((proposal) => proposal.blockers), ...blockers],
    warnings: [...proposals.flatMap((proposal) => proposal.warnings ?? []), ...warnings],
    affected: dependantsOf(
      map,
      changes.map((change) => change.package),
    ),
    map,
  };
}

function mapAfter(
  today: ReadonlyMap<PackageId, PointedRelease>,
  changes: readonly PointerChange[],
): ReadonlyMap<PackageId, PointedRelease> {
  const map = new Map(today);
  for (const { package: id, toVersion, tree, requires } of changes) {
    if (toVersion === null) map.delete(id);
    else map.set(id, { version: toVersion, tree, requires });
  }
  return map;
}

function judge(
  violations: readonly DependencyViolation[],
  changes: readonly PointerChange[],
): { blockers: Blocker[]; warnings: Blocker[] } {
  const changed = new Map(changes.map((change) => [change.package, change]));
  const blockers: Blocker[] = [];
  const warnings: Blocker[] = [];
  for (const violation of violations) {
    const blocks = violationMembers(violation).some((id) => changed.has(id));
    (blocks ? blockers : warnings).push(explain(violation, changed));
  }
  return { blockers, warnings };
}

function explain(violation: DependencyViolation, changed: ReadonlyMap<PackageId, PointerChange>): Blocker {
  if (violation.kind === 'cycle') {
    const [first = null] = violation.packages;
    return {
      code: 'DEPENDENCY_NOT_ACTIVE',
      packageId: violation.packages.find((id) => changed.has(id)) ?? first,
      message: `${violation.packages.join(', ')} require each other in a circle.`,
      unblock: 'Release one of them without the required input that closes the circle.',
    };
  }
  const { package: id, requires } = violation;
  if (changed.get(requires)?.toVersion === null && !changed.has(id)) {
    return {
      code: 'REQUIRED_BY_ACTIVE_RELEASE',
      packageId: requires,
      message: `${id} is active and requires ${requires}.`,
      unblock: `Deactivate ${id} together with it, or activate a release of ${id} that does not require it.`,
    };
  }
  return {
    code: 'DEPENDENCY_NOT_ACTIVE',
    packageId: id,
    message: `${id} requires ${requires}, which has no active release.`,
    unblock: `Activate a release of ${requires} before it or in the same move.`,
  };
}
