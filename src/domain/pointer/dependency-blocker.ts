import { type Blocker } from '../errors/pointer.errors';
import { type PointerChange } from '../events';
import { type PackageId } from '../package-id';
import {
  type DependencyCycle,
  type DependencyGraph,
  type DependencyViolation,
  type MissingDependency,
  shortestCircle,
} from './dependency-check';
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
export function violationBlocker(violation: DependencyViolation, move: BlockedMove): Blocker {
  if (violation.kind === 'cycle') return circle(violation, move.map, (id) => move.changed.has(id));
  const { package: id, requires } = violation;
  if (!move.changed.has(id)) {
    return {
      code: 'REQUIRED_BY_ACTIVE_RELEASE',
      packageId: requires,
      message: `${id} is active and requires ${requires}.`,
      unblock: letGo(violation, move.type),
    };
  }
  return {
    code: 'DEPENDENCY_NOT_ACTIVE',
    packageId: id,
    message: `${id} requires ${requires}, which has no active release.`,
    unblock: bringIn(violation, move.type),
  };
}

/** A violation that the move has no part in: a fault of today's map that stays. */
export function inheritedWarning(violation: DependencyViolation, map: DependencyGraph): Blocker {
  if (violation.kind === 'cycle') return circle(violation, map, () => false);
  const { package: id, requires } = violation;
  return {
    code: 'DEPENDENCY_NOT_ACTIVE',
    packageId: id,
    message: `${id} requires ${requires}, which has no active release. It is so already; this move does not change it.`,
    unblock: `Activate a release of ${requires}, or one of ${id} that does not require it.`,
  };
}

function bringIn({ requires }: MissingDependency, type: MoveType): string {
  return type === 'Activate'
    ? `Activate a release of ${requires}, with all it requires, before it or in the same move.`
    : `Activate a release of ${requires}, with all it requires, first.`;
}

function letGo({ package: id, requires }: MissingDependency, type: MoveType): string {
  return type === 'Deactivate'
    ? `Deactivate ${id} together with it, or activate a release of ${id} that does not require it.`
    : `Deactivate ${id} first, or activate a release of ${id} that does not require ${requires}.`;
}

function circle({ packages }: DependencyCycle, map: DependencyGraph, preferred: (id: PackageId) => boolean): Blocker {
  const through = packages.find(preferred) ?? packages[0] ?? '';
  const others = packages.length > 1;
  return {
    code: 'DEPENDENCY_NOT_ACTIVE',
    packageId: through,
    message: others ? `${wayRound(map, through, packages)}: a circle.` : `${through} requires itself.`,
    unblock: others
      ? 'Release one of them without the required input that closes the circle.'
      : 'Release it without itself among its required inputs.',
  };
}

function wayRound(map: DependencyGraph, through: PackageId, members: readonly PackageId[]): string {
  const way = [...shortestCircle(map, through, members), through];
  const shown = way.length <= MAX_STEPS ? way : [...way.slice(0, MAX_STEPS - 2), '…', ...way.slice(-1)];
  return shown.join(' requires ');
}
