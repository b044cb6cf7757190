import { type PackageEvent, type PackageId, type PackageState, packageStream } from '../../domain';
import { type DraftRepository } from '../../git';
import { type Catalog } from '../releases/catalog';
import { type StreamHandler } from '../streams/stream-handler';

/** Ends drafts whose last release was staged by a process that stopped before it had ended them. Run at start. */
export function createEndStagedDrafts({
  drafts,
  packages,
  catalog,
}: {
  readonly drafts: DraftRepository;
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly catalog: Catalog;
}): () => Promise<void> {
  const endIfStaged = async (id: string, packageId: PackageId): Promise<void> => {
    const lockedTree = await packages.inspect(packageStream(packageId), (state) => {
      const last = state.lastOfDraft.get(id);
      return last !== undefined && state.releases.get(last.version)?.status === 'staged' ? last.tree : null;
    });
    if (lockedTree !== null) await drafts.end(id, lockedTree);
  };

  return async () => {
    for (const draft of await drafts.list()) await endIfStaged(draft.id, draft.package);
    for (const id of await drafts.leftBranches()) {
      const packageId = await catalog.packageOfDraft(id);
      if (packageId !== null) await endIfStaged(id, packageId);
    }
  };
}
