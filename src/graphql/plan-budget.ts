import { BadUserInput } from '../domain';
import { type OperationBudget } from './loaders';

/** Packages that all the plans of one operation may be about; two of the largest sets. */
export const MAX_PLAN_TARGETS = 2_000;

/** Charges an operation with a plan of so many packages, before anything is read for it. @throws BadUserInput */
export function chargePlan(budget: OperationBudget, field: string, targets: number): void {
  budget.planTargets += targets;
  if (budget.planTargets <= MAX_PLAN_TARGETS) return;
  const limit = String(MAX_PLAN_TARGETS);
  throw new BadUserInput(field, `is too much: one operation may plan the moves of at most ${limit} packages.`);
}
