import { type PushAnswer } from '../transfer';

/**
 * What `git push --porcelain` says of each ref: a line of flag, `FROM:TO` and summary, between tabs.
 *
 * @param said what else the program said, for refusals whose summary alone does not tell the reason.
 * @returns null when it says nothing of any ref, or that the remote did not report: then nothing is known.
 */
export function readPushStatus(stdout: string, said: string): PushAnswer | null {
  const accepted = new Set<string>();
  const refused = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [flag, names, summary = ''] = line.split('\t');
    const ref = names?.slice(names.indexOf(':') + 1);
    if (flag === undefined || !/^[ +*=!-]$/.test(flag) || ref === undefined) continue;
    if (summary.startsWith('[remote failure]')) return null;
    if (flag === '!') refused.set(ref, [summary, said].filter((part) => part !== '').join(' '));
    else accepted.add(ref);
  }
  return accepted.size + refused.size === 0 ? null : { accepted, refused };
}
