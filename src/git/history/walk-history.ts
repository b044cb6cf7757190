import { type Layout } from '../../domain';
import { type GitReading, type ObjectId } from '../git-repository';
import { RememberedTrees } from './changed-directories';
import { Findings, named } from './findings';
import { firstParents } from './first-parents';
import { pointerReader } from './pointer-at';
import { byPlace, toHistory } from './release-record';
import { type HistoryCommit, type HistoryStep, type RepositoryHistory } from './repository-history';
import { PointerWalk } from './walk-pointer';
import { readChanges, ReleaseWalk } from './walk-releases';

/** Commits that are read side by side; what they mean is told one after the other. */
const READ_AT_ONCE = 32;

/**
 * Reads a first-parent history in terms of promotion: which releases appeared, were edited or removed, what the pointer
 * named, and what of it is irregular. A function of the commit and the layout alone; nothing is written. Trees are
 * compared by id, so that what did not change is not read.
 *
 * @param layout that of the tip: what stood elsewhere before is not seen.
 * @throws ObjectMissing for damaged objects. A history that is cut off, as in a shallow clone, is a finding.
 */
export async function walkHistory(
  objects: GitReading['objects'],
  tip: ObjectId,
  layout: Layout,
): Promise<RepositoryHistory> {
  const { commits, missing } = await firstParents(objects, tip);
  const trees = new RememberedTrees(objects);
  const findings = new Findings();
  const releases = new ReleaseWalk(layout, findings);
  const pointer = new PointerWalk(releases.records, findings);
  const pointerAt = pointerReader({ trees, blobs: objects }, layout);

  const steps: HistoryStep[] = [];
  let before: HistoryCommit | null = null;
  for (let from = 0; from < commits.length; from += READ_AT_ONCE) {
    const part = commits.slice(from, from + READ_AT_ONCE);
    const read = await Promise.all(
      part.map(async ({ commit, tree }, index) => ({
        commit,
        changes: await readChanges(trees, layout, commits[from + index - 1]?.tree ?? null, tree),
        file: await pointerAt(tree),
      })),
    );
    for (const { commit, changes, file } of read) {
      if (before === null && missing !== null) {
        const message = `The history begins here, but the commit's parent ${missing} is not in this repository: what came before is not known.`;
        findings.add('history-cut-off', commit, message);
      }
      if (before !== null) noteDates(findings, before, commit);
      const made = releases.step(commit, changes);
      const pointerChanges = pointer.step(commit, file, made);
      steps.push({ commit, ...made, pointerFile: file.state, pointerChanges });
      before = commit;
    }
    trees.next();
  }
  return {
    tip,
    steps,
    releases: [...releases.records.values()].sort(byPlace).map(toHistory),
    live: pointer.live,
    findings: findings.list(),
  };
}

function noteDates(findings: Findings, before: HistoryCommit, commit: HistoryCommit): void {
  const late = [
    ...(commit.committedAt < before.committedAt
      ? [`committed ${commit.committedAt}, which is before ${before.committedAt}`]
      : []),
    ...(commit.authoredAt < before.authoredAt
      ? [`written ${commit.authoredAt}, which is before ${before.authoredAt}`]
      : []),
  ];
  if (late.length === 0) return;
  const message = `The commit has an earlier date than its predecessor ${named(before)}: ${late.join('; ')}.`;
  findings.add('date-out-of-order', commit, message);
}
