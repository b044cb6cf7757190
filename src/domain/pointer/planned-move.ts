import { type PointerChange } from '../events';
import { type Blocker, type RemedyRelease } from '../errors/pointer.errors';
import { comparePackageIds, type PackageId } from '../package-id';
import { inheritedWarning, violationBlocker } from './dependency-blocker';
import { dependantsOf, type DependencyViolation, judgeDependencies } from './dependency-check';
import { type MoveType } from './move-type';
import { activeMap, type PointedRelease, type PointerState } from './pointer.state';

/** What a move of the pointer would do. The dry run shows it, the act carries it out: one code for both. */
export interface PlannedMove {
  readonly type: MoveType;
  /** Sorted by package id, one per package. */
  readonly changes: readonly PointerChange[];
  /** What refuses the move; empty when it may happen. */
  readonly blockers: readonly Blocker[];
  /** What of it is about dependencies: the last of the blockers, in their order. */
  readonly violations: readonly DependencyViolation[];
  /**
   * The smallest set of releases whose activation, in the same move or before a rollback or deactivation, would make it
   * safe: empty when nothing stands against it, null when there is none or nobody has looked for one ({@link adviseMove}).
   */
  readonly remedy: readonly RemedyRelease[] | null;
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
 * changed package, also where today's map has it already: a release that goes live has what it requires. One that touches
 * none is a warning, so that an adopted repository with old faults can be mended step by step.
 */
export function planMove(state: PointerState, type: MoveType, proposals: readonly Proposal[]): PlannedMove {
  const changes = proposals
    .flatMap(({ change }) => (change === null ? [] : [change]))
    .sort((a, b) => comparePackageIds(a.package, b.package));
  const map = mapAfter(activeMap(state), changes);
  const changed = new Map(changes.map((change) => [change.package, change]));
  const { blocking, inherited } = judgeDependencies(map, changed);
  const place = { type, map, changed };
  const blockers = [
    ...proposals.flatMap((proposal) => proposal.blockers),
    ...blocking.map((violation) => violationBlocker(violation, place)),
  ];
  return {
    type,
    changes,
    blockers,
    violations: blocking,
    remedy: blockers.length === 0 ? [] : null,
    warnings: [
      ...proposals.flatMap((proposal) => proposal.warnings ?? []),
      ...inherited.map((violation) => inheritedWarning(violation, map)),
    ],
    affected: dependantsOf(map, changed.keys()),
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
