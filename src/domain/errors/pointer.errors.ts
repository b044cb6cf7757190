import { type PackageId } from '../package-id';
import { DomainError, type ErrorCode } from './domain-error';

/** One thing that stands against a move of the pointer, or that should be known before it. */
export interface Blocker {
  readonly code: ErrorCode;
  /** The member of the move it is about. */
  readonly packageId: PackageId | null;
  readonly message: string;
  /** What to do about it. */
  readonly unblock: string;
}

/** A move of the pointer is refused. Carries all its blockers; the code is the first one's. */
export class MoveBlocked extends DomainError {
  readonly code: ErrorCode;
  constructor(blockers: readonly [Blocker, ...Blocker[]]) {
    super(blockers.map((blocker) => `${blocker.message} ${blocker.unblock}`).join(' '), { blockers });
    this.code = blockers[0].code;
  }
}

/** The plan that was looked at is no longer what would happen. */
export class PlanOutdated extends DomainError {
  readonly code = 'PLAN_OUTDATED';
  constructor(expected: string, actual: string | null) {
    super('What would happen now differs from the plan you looked at. Plan again and look at it.', {
      expectedPlan: expected,
      actualPlan: actual,
    });
  }
}
