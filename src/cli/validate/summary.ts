import { type ValidatedTree } from './validated-tree';
import { counted } from '../counted';

/** How much was looked at and found, in one line for people. */
export function summaryOf({ releases, errorCount, warningCount }: ValidatedTree): string {
  return `${counted(releases.length, 'release')}, ${counted(errorCount, 'error')}, ${counted(warningCount, 'warning')}.`;
}
