import { type ChangeClassification, type ChangeReason, compareChangeTypes, largerChange } from '../../domain';
import { type ChangeType } from '../../domain';
import { withoutSecretIn } from './without-secret';

/** Reasons a classification lists; what is required counts them all. */
export const MAX_REASONS = 200;

/** Puts reasons in order, each once. The one way out of the comparison: nothing that leaves here shows a secret. */
export function classificationOf(reasons: readonly ChangeReason[]): ChangeClassification {
  const unique = new Map(reasons.map(withoutSecretIn).map((reason) => [keyOf(reason), reason]));
  const sorted = [...unique.values()].sort(
    (a, b) => compareChangeTypes(a.changeType, b.changeType) || compareTexts(keyOf(a), keyOf(b)),
  );
  const required = sorted.reduce<ChangeType | null>((most, { changeType }) => largerChange(most, changeType), null);
  return { required, reasons: sorted.slice(0, MAX_REASONS) };
}

function keyOf({ path, pointer, rule, message }: ChangeReason): string {
  return [path ?? '', pointer ?? '', rule, message].join('\0');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
