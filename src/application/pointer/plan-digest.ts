import { type PlannedMove, PlanOutdated } from '../../domain';
import { digestOf } from '../../eventstore';

/** Id of a plan: digest of its sorted changes, so that moves of other packages do not outdate it. */
export function planDigest({ changes }: PlannedMove): string {
  return digestOf(
    changes.map(({ package: id, fromVersion, toVersion, tree }) => ({ package: id, fromVersion, toVersion, tree })),
  );
}

/** @throws PlanOutdated when the caller looked at another plan than the one that would be carried out. */
export function requirePlan(plan: PlannedMove, lookedAt: string | null): void {
  const actual = planDigest(plan);
  if (lookedAt !== null && lookedAt !== actual) throw new PlanOutdated(lookedAt, actual);
}
