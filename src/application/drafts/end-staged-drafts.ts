import { type PackageEvent, type PackageState, packageStream } from '../../domain';
import { type DraftRepository } from '../../git';
import { type StreamHandler } from '../streams/stream-handler';

/** Ends drafts whose last release was staged by a process that stopped before it could end them. Run at start. */
export function createEndStagedDrafts({
  drafts,
  packages,
}: {
  readonly drafts: DraftRepository;
  readonly packages: StreamHandler<PackageState, PackageEvent>;
}): () => Promise<void> {
  return async () => {
    for (const draft of await drafts.list()) {
      const lockedTree = await packages.inspect(packageStream(draft.package), (state) => {
        const last = state.lastOfDraft.get(draft.id);
        return last !== undefined && state.releases.get(last.version)?.status === 'staged' ? last.tree : null;
      });
      if (lockedTree !== null) await drafts.end(draft.id, lockedTree);
    }
  };
}
