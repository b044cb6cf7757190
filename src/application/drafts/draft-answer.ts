import { draftBranchName, type PackageEvent, type PackageState, packageStream } from '../../domain';
import { type Draft, type LastCommit } from '../../git';
import { type DraftAnswer } from '../answers';
import { type StreamHandler } from '../streams/stream-handler';

/** What a draft committed last; null until it committed. */
export function lastCommitOf(
  packages: StreamHandler<PackageState, PackageEvent>,
  draft: Pick<Draft, 'id' | 'package'>,
): Promise<LastCommit> {
  return packages.inspect(packageStream(draft.package), (state) => {
    const last = state.lastOfDraft.get(draft.id);
    return last === undefined ? null : { commit: last.commit, tree: last.tree };
  });
}

/** A draft as people see it. */
export function draftAnswer(draft: Draft, lastCommit: LastCommit): DraftAnswer {
  const { id, baseVersion, head, tree, createdBy, createdAt, updatedAt } = draft;
  return {
    id,
    packageId: draft.package,
    baseVersion,
    branch: draftBranchName(id),
    head,
    tree,
    createdBy,
    createdAt,
    updatedAt,
    dirty: tree !== (lastCommit?.tree ?? draft.baseTree),
  };
}
