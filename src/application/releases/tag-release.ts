import {
  decidePackage,
  type PackageEvent,
  type PackageState,
  packageStream,
  type PointerEvent,
  type PointerState,
  tagName,
} from '../../domain';
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
  readonly projected: Projected;
}): Application['tagRelease'] {
  const { packages, pointer, requireAdopted, projected } = dependencies;
  return async (input, context) => {
    const { layout } = await requireAdopted();
    const id = requirePackageId('package', input.package, layout);
    const version = requireVersion('version', input.version);
    const message = optionalText('message', input.message);
    const identity = commandIdentity('tagRelease', input, context);
    const { answer: release, position } = await packages.handle(packageStream(id), identity, {
      decide: (state) =>
        Promise.resolve(
          decidePackage({ type: 'TagRelease', data: { package: id, version, message } }, state)[0] ?? null,
        ),
      answer: (_event, state) => releaseIn(state, id, version),
    });
    await projected(position);
    const state = releaseState(release, await pointerView(pointer, id, version));
    return { packageId: id, release, state, tag: release.tag ?? tagName(id, version), position };
  };
}
