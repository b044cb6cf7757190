import { type HistoryFinding, type HistoryFindings } from '../../domain';
import { canonicalJson } from '../../eventstore';
import { type RepositoryHistory } from '../../git';

/** Room for the rest of an event is left below the limit of the log. */
const MAX_BYTES = 700_000;

/** What is said of an adopted history before it is sealed: at least one event, several where the findings are many. */
export function planFindings(history: RepositoryHistory): readonly HistoryFindings[] {
  const [oldest] = history.steps;
  if (oldest === undefined) return [];
  const since = { commit: oldest.commit.id, at: oldest.commit.committedAt };
  return parts(history.findings).map((findings) => ({
    type: 'HistoryFindings',
    data: { commit: history.tip, since, findings },
  }));
}

function parts(findings: readonly HistoryFinding[]): readonly (readonly HistoryFinding[])[] {
  const all: HistoryFinding[][] = [];
  let part: HistoryFinding[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(canonicalJson(finding)) + 1;
    if (part.length > 0 && bytes + size > MAX_BYTES) {
      all.push(part);
      part = [];
      bytes = 0;
    }
    part.push(finding);
    bytes += size;
  }
  return [...all, part];
}
