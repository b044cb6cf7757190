import {
  activeMap,
  type PackageId,
  POINTER_STREAM,
  type PointerEvent,
  type PointerState,
  type Version,
} from '../../domain';
import { type PlannedMap } from '../../validation';
import { type StreamHandler } from '../streams/stream-handler';
import { type Catalog } from './catalog';

/** Today's map plus one release: what a staging or a draft is judged on. */
export async function plannedMap(
  { pointer, catalog }: { readonly pointer: StreamHandler<PointerState, PointerEvent>; readonly catalog: Catalog },
  defaultKind: string,
  candidate: { readonly package: PackageId; readonly version: Version; readonly requires: readonly PackageId[] },
): Promise<PlannedMap> {
  const releases = await catalog.releases();
  const active = await pointer.inspect(POINTER_STREAM, (state) =>
    [...activeMap(state)].map(([id, { version, requires }]) => [id, { version, requires }] as const),
  );
  const { package: id, version, requires } = candidate;
  return { defaultKind, active: { ...Object.fromEntries(active), [id]: { version, requires } }, releases };
}
