import { type HistoryFinding, type HistoryRule } from '../../domain';
import { type RepositoryHistory } from '../../git';
import { counted } from '../counted';

/** What people see of the findings; `--json` and the query `historyFindings` have all of them. */
const MAX_LINES = 20;

/** An adopted history in figures, with all of its findings. */
export interface HistorySummary {
  readonly commits: number;
  /** Its oldest commit. */
  readonly since: { readonly commit: string; readonly at: string } | null;
  /** Commits that moved the pointer. */
  readonly moves: number;
  readonly findings: readonly HistoryFinding[];
}

/** What `--json` says of an adopted history. */
export function historySummary({ steps, findings }: RepositoryHistory): HistorySummary {
  const [oldest] = steps;
  const since = oldest === undefined ? null : { commit: oldest.commit.id, at: oldest.commit.committedAt };
  const moves = steps.filter(({ pointerChanges }) => pointerChanges.length > 0).length;
  return { commits: steps.length, since, moves, findings };
}

/** What people see of an adopted history: errors first, within one severity in the order of the history. */
export function historyLines(history: RepositoryHistory): readonly string[] {
  const { commits, since, moves, findings } = historySummary(history);
  const back = since === null ? '' : ` back to ${since.at.slice(0, 10)}`;
  const head = `History: ${counted(commits, 'commit')}${back}, ${counted(moves, 'move')} of the pointer, ${counted(findings.length, 'finding')}.`;
  const counts = new Map<HistoryRule, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const sorted = [
    ...findings.filter(({ severity }) => severity === 'ERROR'),
    ...findings.filter(({ severity }) => severity !== 'ERROR'),
  ];
  const left = findings.length - MAX_LINES;
  return [
    head,
    ...[...counts].map(([rule, count]) => `  ${String(count)} ${rule}`),
    ...sorted
      .slice(0, MAX_LINES)
      .map(({ severity, commit, message }) => `${severity.toLowerCase()} ${commit.slice(0, 10)}: ${message}`),
    ...(left > 0 ? [`... and ${String(left)} more: --json, or the query historyFindings, has all of them.`] : []),
  ];
}
