import {
  Unavailable,
  isPackageId,
  type PackageEvent,
  type PackageState,
  packageStream,
  splitPackageId,
} from '../../domain';
import {
  contentState,
  entryAt,
  type GitRepository,
  kindLayout,
  MAIN_REF,
  ReadableTrees,
  readArtifact,
  releasePath,
} from '../../git';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type Application } from '../application';
import { type StreamHandler } from '../streams/stream-handler';
import { type ContentLock } from './content-lock';
import { diffTrees } from './diff-trees';
import { artifactOf, artifactsOf } from './read-content';

interface Dependencies {
  readonly repository: GitRepository;
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly requireAdopted: RequireAdopted;
}

/** Looking at content: artifacts, diffs and the plain reads for programs. */
export function createContentUseCases(
  dependencies: Dependencies,
): Pick<Application, 'artifacts' | 'artifact' | 'diff' | 'draftChanges' | 'splitId' | 'pointerFile' | 'releaseFile'> {
  const { repository, packages, requireAdopted } = dependencies;
  const { objects } = repository;

  const diff: Application['diff'] = async (packageId, base, tree) => {
    const { layout } = await requireAdopted();
    const kind = kindLayout(layout, splitPackageId(packageId, layout.defaultKind).kind);
    return diffTrees(objects, base, tree, kind?.manifest ?? null);
  };

  return {
    artifacts: (tree) => artifactsOf(objects, tree),
    artifact: (tree, path) => artifactOf(objects, tree, path),
    diff,
    draftChanges: ({ packageId, baseTree, tree }) => diff(packageId, baseTree, tree),
    splitId: async (packageId) => splitPackageId(packageId, (await requireAdopted()).layout.defaultKind),
    pointerFile: async () => {
      const { layout } = await requireAdopted();
      const root = await mainTree(repository);
      const entry = await entryAt(objects, root, layout.pointer.path);
      const bytes = entry === null ? new TextEncoder().encode('{}\n') : await objects.readBlob(entry.oid);
      return { bytes, blob: entry?.oid ?? (await objects.writeBlob(bytes)) };
    },
    releaseFile: async (packageId, version, path) => {
      if (!isPackageId(packageId)) return null;
      const tree = await packages.inspect(packageStream(packageId), (state) => {
        const release = state.releases.get(version);
        return release === undefined || release.status === 'committed' ? null : release.tree;
      });
      return tree === null ? null : readArtifact(objects, tree, path);
    },
  };
}

/** The content lock over our own repository. */
export function createContentLock({
  repository,
  requireAdopted,
}: Pick<Dependencies, 'repository' | 'requireAdopted'>): ContentLock {
  const readable = new ReadableTrees();
  return async (id, version, tree, reading) => {
    const { layout } = await requireAdopted();
    const path = releasePath(layout, id, version);
    if (path === null) return 'missing';
    const mainTip = await repository.refs.read(MAIN_REF);
    if (mainTip === null) throw noMain();
    const locked = { tree, releasePath: path, mainTip };
    return contentState(repository.objects, locked, { readable, trust: reading === 'remembered' });
  };
}

async function mainTree({ objects, refs }: GitRepository): Promise<string> {
  const tip = await refs.read(MAIN_REF);
  if (tip === null) throw noMain();
  return (await objects.readCommit(tip)).tree;
}

/** It was deleted, or this node is joining others and has not made it yet: about content nothing can be said. */
function noMain(): Unavailable {
  return new Unavailable('The repository has no branch main. Look at /readyz.');
}
