import { type ValidatedTree } from './validated-tree';

/** How much was looked at and found, in one line for people. */
export function summaryOf({ releases, errorCount, warningCount }: ValidatedTree): string {
  return `${counted(releases.length, 'release')}, ${counted(errorCount, 'error')}, ${counted(warningCount, 'warning')}.`;
}

function counted(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`;
}
