import {
  decidePackage,
  type PackageEvent,
  type PackageState,
  packageStream,
  type PointerEvent,
  type PointerState,
  type Release,
  tagName,
} from '../../domain';
import { directoryAt, type GitObjects, type GitRepository, releasePath } from '../../git';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type Application } from '../application';
import { optionalText, requirePackageId, requireVersion } from '../input/require-fields';
import { type Projected } from '../ports';
import { commandIdentity } from '../streams/command-identity';
import { type StreamHandler } from '../streams/stream-handler';
import { pointerView, releaseIn, releaseState } from './release-answer';

/** Tags a locked release `{id}/v{semver}`; tagging again answers the first tag. */
export function createTagRelease(dependencies: {
  readonly packages: StreamHandler<PackageState, PackageEvent>;
  readonly pointer: StreamHandler<PointerState, PointerEvent>;
  readonly requireAdopted: RequireAdopted;
  readonly repository: Pick<GitRepository, 'objects'>;
  readonly projected: Projected;
}): Application['tagRelease'] {
  const { packages, pointer, requireAdopted, projected, repository } = dependencies;
  return async (input, context) => {
    const adoption = await requireAdopted();
    const { layout } = adoption;
    const id = requirePackageId('package', input.package, layout);
    const version = requireVersion('version', input.version);
    const message = optionalText('message', input.message);
    const identity = commandIdentity('tagRelease', input, context);
    const { answer: release, position } = await packages.handle(packageStream(id), identity, {
      decide: async (state) => {
        const contentCommit = await contentCommitOf(repository.objects, state.releases.get(version), {
          path: releasePath(layout, id, version),
          adopted: adoption.commit,
        });
        const data = { package: id, version, message, ...(contentCommit === null ? {} : { contentCommit }) };
        return decidePackage({ type: 'TagRelease', data }, state)[0] ?? null;
      },
      answer: (_event, state) => releaseIn(state, id, version),
    });
    await projected(position);
    const state = releaseState(release, await pointerView(pointer, id, version));
    return { packageId: id, release, state, tag: release.tag ?? tagName(id, version), position };
  };
}

/**
 * The adopted commit for a release that was edited in its history after the commit that it names: a tag points at what is
 * locked. Null where the release's own commit holds that.
 */
async function contentCommitOf(
  objects: GitObjects,
  release: Release | undefined,
  { path, adopted }: { readonly path: string | null; readonly adopted: string },
): Promise<string | null> {
  if (release === undefined || release.draft !== null || path === null || release.commit === adopted) return null;
  const { tree } = await objects.readCommit(release.commit);
  return (await directoryAt(objects, tree, path)) === release.tree ? null : adopted;
}
