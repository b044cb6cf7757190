import { type DraftAnswer } from '../../application';
import { type Draft } from '../types/draft.type';

export function toDraft(answer: DraftAnswer): Draft {
  const { id, packageId, baseVersion, branch, head, createdBy, createdAt, updatedAt, dirty } = answer;
  return { id, packageId, answer, baseVersion, branch, head, createdBy, createdAt, updatedAt, dirty };
}
