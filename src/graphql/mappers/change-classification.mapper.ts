import { type DraftClassification } from '../../application';
import { type ChangeClassification } from '../types/change-classification.type';
import { CHANGE_TYPES } from './release.mapper';

export function toChangeClassification({ required, nextVersion, reasons }: DraftClassification): ChangeClassification {
  return {
    required: CHANGE_TYPES[required],
    nextVersion,
    reasons: reasons.map((reason) => ({
      ...reason,
      changeType: CHANGE_TYPES[reason.changeType],
      example: reason.example,
    })),
  };
}
