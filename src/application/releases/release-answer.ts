import {
  type PackageId,
  type PackageState,
  type PointerState,
  POINTER_STREAM,
  type PointerEvent,
  type Release,
  type Version,
} from '../../domain';
import { type ReleaseAnswer } from '../answers';
import { type StreamHandler } from '../streams/stream-handler';

/** A release that the state is known to hold. */
export function releaseIn(state: PackageState, id: PackageId, version: Version): Release {
  const release = state.releases.get(version);
  if (release === undefined) throw new TypeError(`the state of ${id} lost release ${version}`);
  return release;
}

/** How the pointer sees a version. */
export function pointerView(
  pointer: StreamHandler<PointerState, PointerEvent>,
  id: PackageId,
  version: Version,
): Promise<{ readonly isActive: boolean; readonly wasActive: boolean }> {
  return pointer.inspect(POINTER_STREAM, (state) => {
    const entry = state.entries.get(id);
    return { isActive: entry?.active?.version === version, wasActive: entry?.everActive.has(version) === true };
  });
}

/** The state of a release as people see it: what the pointer says comes first. */
export function releaseState(
  release: Release,
  view: { readonly isActive: boolean; readonly wasActive: boolean },
): ReleaseAnswer['state'] {
  if (view.isActive) return 'RELEASED';
  if (view.wasActive) return 'SUPERSEDED';
  return release.status === 'staged' ? 'STAGED' : 'COMMITTED';
}
