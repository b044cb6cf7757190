import { type ValidatedTree } from './validated-tree';

/** How much was looked at and found, in one line for people. */
export function summaryOf({ releases, remarks, errorCount, warningCount }: ValidatedTree): string {
  const counts = [counted(releases.length, 'release'), counted(errorCount, 'error'), counted(warningCount, 'warning')];
  return `${[...counts, ...(remarks.length > 0 ? [counted(remarks.length, 'remark')] : [])].join(', ')}.`;
}

function counted(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`;
}
