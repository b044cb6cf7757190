import { type ErrorCode } from '../errors/domain-error';
import { type Blocker, MoveBlocked } from '../errors/pointer.errors';
import { type Activated, type Deactivated, type RolledBack } from '../events';
import { type MoveType } from './move-type';
import { type PlannedMove } from './planned-move';

/** Codes that a rollback may knowingly lift. Never the content lock. */
export const OVERRIDABLE: readonly ErrorCode[] = ['DEPENDENCY_NOT_ACTIVE', 'REQUIRED_BY_ACTIVE_RELEASE'];

export interface MovePointer {
  readonly type: MoveType;
  readonly data: {
    readonly plan: PlannedMove;
    readonly reason: string;
    /** Digest of the plan that the caller looked at; null when it looked at none. */
    readonly planDigest: string | null;
    /** Codes to lift; counts for a rollback alone. */
    readonly override: readonly ErrorCode[];
  };
}

/**
 * Carries out a plan: one event for the whole set.
 * @throws MoveBlocked with everything that stands against it.
 */
export function decidePointer(command: MovePointer): readonly [Activated | RolledBack | Deactivated] {
  const { plan, reason, planDigest, override } = command.data;
  const liftable = command.type === 'RollBack' ? OVERRIDABLE.filter((code) => override.includes(code)) : [];
  const lifted = plan.blockers.filter((blocker) => liftable.includes(blocker.code));
  const [first, ...others] = plan.blockers.filter((blocker) => !lifted.includes(blocker));
  if (first !== undefined) throw new MoveBlocked([first, ...others], plan.remedy);
  return [
    { type: eventType(command.type), data: { changes: plan.changes, reason, planDigest, overrides: codes(lifted) } },
  ];
}

function codes(blockers: readonly Blocker[]): readonly string[] {
  return [...new Set(blockers.map((blocker) => blocker.code))].sort();
}

function eventType(command: MoveType): 'Activated' | 'RolledBack' | 'Deactivated' {
  switch (command) {
    case 'Activate':
      return 'Activated';
    case 'RollBack':
      return 'RolledBack';
    case 'Deactivate':
      return 'Deactivated';
  }
}
