import { type PackageId } from '../package-id';
import { type Version } from '../version';
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

/** A release whose activation is part of what would make a blocked move safe. */
export interface RemedyRelease {
  readonly packageId: PackageId;
  readonly version: Version;
}

/** A move of the pointer is refused. Carries all its blockers and, where there is one, the remedy; the code is the first blocker's. */
export class MoveBlocked extends DomainError {
  readonly code: ErrorCode;
  constructor(blockers: readonly [Blocker, ...Blocker[]], remedy: readonly RemedyRelease[] | null = null) {
    super(blockers.map((blocker) => `${blocker.message} ${blocker.unblock}`).join(' '), {
      blockers,
      ...(remedy === null ? {} : { remedy }),
    });
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
