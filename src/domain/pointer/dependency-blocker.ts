import { type Blocker } from '../errors/pointer.errors';
import { type PointerChange } from '../events';
import { type PackageId } from '../package-id';
import {
  type DependencyCycle,
  type DependencyGraph,
  type DependencyViolation,
  shortestCircle,
} from './dependency-check';
import { bringIn, type DependencyAdvice, letGo, NO_ADVICE, openCircle } from './dependency-unblock';
import { type MoveType } from './move-type';

/** The move a violation stands against. */
export interface BlockedMove {
  readonly type: MoveType;
  /** The planned map. */
  readonly map: DependencyGraph;
  readonly changed: ReadonlyMap<PackageId, PointerChange>;
}

/** Steps of a circle that a message names at most. */
const MAX_STEPS = 10;

/** A violation as what it refuses a move with, and what to do about it. */
export function violationBlocker(
  violation: DependencyViolation,
  { type, map, changed }: BlockedMove,
  advice: DependencyAdvice = NO_ADVICE,
): Blocker {
  if (violation.kind === 'cycle') {
    const through = violation.packages.find((id) => changed.has(id)) ?? '';
    return { ...circle(violation, map, through), unblock: openCircle(violation.packages, type, advice) };
  }
  const { package: id, requires } = violation;
  if (!changed.has(id)) {
    return {
      code: 'REQUIRED_BY_ACTIVE_RELEASE',
      packageId: requires,
      message: `${id} is active and requires ${requires}.`,
      unblock: letGo(violation, type, advice),
    };
  }
  return {
    code: 'DEPENDENCY_NOT_ACTIVE',
    packageId: id,
    message: `${id} requires ${requires}, which has no active release.`,
    unblock: bringIn(violation, type, advice),
  };
}

/** A violation that the move has no part in: a fault of today's map that stays. */
export function inheritedWarning(violation: DependencyViolation, map: DependencyGraph): Blocker {
  if (violation.kind === 'cycle') {
    const blocker = circle(violation, map, violation.packages[0] ?? '');
    return { ...blocker, unblock: openCircle(violation.packages, 'Activate', NO_ADVICE) };
  }
  const { package: id, requires } = violation;
  return {
    code: 'DEPENDENCY_NOT_ACTIVE',
    packageId: id,
    message: `${id} requires ${requires}, which has no active release. It is so already; this move does not change it.`,
    unblock: `Activate a release of ${requires}, or one of ${id} that does not require it.`,
  };
}

function circle(
  { packages }: DependencyCycle,
  map: DependencyGraph,
  through: PackageId,
): Pick<Blocker, 'code' | 'packageId' | 'message'> {
  const round = packages.length > 1 ? `${wayRound(map, through, packages)}: a circle.` : `${through} requires itself.`;
  return { code: 'DEPENDENCY_NOT_ACTIVE', packageId: through, message: round };
}

function wayRound(map: DependencyGraph, through: PackageId, members: readonly PackageId[]): string {
  const way = [...shortestCircle(map, through, members), through];
  const shown = way.length <= MAX_STEPS ? way : [...way.slice(0, MAX_STEPS - 2), '…', ...way.slice(-1)];
  return shown.join(' requires ');
}
