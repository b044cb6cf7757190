import { type PlanAnswer } from '../../application';
import { type ActivationPlan } from '../types/activation-plan.type';
import { toPointerChange } from './activation.mapper';

export function toActivationPlan(answer: PlanAnswer): ActivationPlan {
  return { ...answer, changes: answer.changes.map(toPointerChange) };
}
