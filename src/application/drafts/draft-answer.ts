import {
  baseOfDraft,
  type DraftBase,
  draftBranchName,
  type PackageEvent,
  type PackageState,
  packageStream,
} from '../../domain';
import { type Draft, type LastCommit } from '../../git';
import { type DraftAnswer } from '../answers';
import { type StreamHandler } from '../streams/stream-handler';

/** What the log says of a draft. */
export interface DraftStanding extends DraftBase {
  /** What it committed last; null until it committed. */
  readonly lastCommit: LastCommit;
}

export function standingOf(packages: StreamHandler<PackageState, PackageEvent>, draft: Draft): Promise<DraftStanding> {
  return packages.inspect(packageStream(draft.package), (state) => {
    const last = state.lastOfDraft.get(draft.id);
    const lastCommit = last === undefined ? null : { commit: last.commit, tree: last.tree };
    return { lastCommit, ...baseOfDraft(state, draft) };
  });
}

/** A draft as people see it. */
export function draftAnswer(draft: Draft, { lastCommit, baseVersion, baseTree }: DraftStanding): DraftAnswer {
  const { id, head, tree, createdBy, createdAt, updatedAt } = draft;
  return {
    id,
    packageId: draft.package,
    baseVersion,
    baseTree,
    branch: draftBranchName(id),
    head,
    tree,
    createdBy,
    createdAt,
    updatedAt,
    dirty: tree !== (lastCommit?.tree ?? baseTree),
  };
}
