import {
  activeMap,
  type Layout,
  type ManifestLayout,
  type PackageId,
  POINTER_STREAM,
  type PointerEvent,
  type PointerState,
  splitPackageId,
  type Version,
} from '../../domain';
import { kindLayout } from '../../git';
import { type ContentFile, type PlannedMap, type ValidationRequest } from '../../validation';
import { type AdoptedPolicy } from '../adoption/adopted-policy';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type StreamHandler } from '../streams/stream-handler';
import { type Catalog } from './catalog';

/** What every release is judged against: where things are, what is active, and which releases there are. */
export interface Surroundings extends Pick<PlannedMap, 'active' | 'releases' | 'committed'> {
  readonly layout: Layout;
  /** Bytes of the `slipway.yaml` in force; null where there is none. */
  readonly policy: Uint8Array | null;
}

/** A release or a draft that is to be judged. */
export interface Candidate {
  readonly package: PackageId;
  /** Null for a draft, which has none yet. */
  readonly version: Version | null;
  /** The version it stands for on the planned map; the one of a draft is that of its base. */
  readonly plannedVersion: Version;
  /** Git tree id of the directory. */
  readonly tree: string;
  readonly requires: readonly PackageId[];
  readonly files: readonly ContentFile[];
}

/** A request without the moment at which it is made: all that a report's digest depends on. */
export type UndatedRequest = Omit<ValidationRequest, 'validatedAt'>;

/** The request that judges a candidate on the map as it is plus the candidate. The one place that builds it. */
export function releaseRequest(
  { layout, policy, active, releases, committed }: Surroundings,
  { package: id, version, plannedVersion, tree, requires, files }: Candidate,
): UndatedRequest {
  const { defaultKind } = layout;
  return {
    package: id,
    kind: splitPackageId(id, defaultKind).kind,
    version,
    tree,
    files,
    manifest: manifestOf(layout, id),
    map: { defaultKind, active: { ...active, [id]: { version: plannedVersion, requires } }, releases, committed },
    policy,
  };
}

/** Where the manifest of a package is; null for kinds without one. */
export function manifestOf(layout: Layout, id: PackageId): ManifestLayout | null {
  return kindLayout(layout, splitPackageId(id, layout.defaultKind).kind)?.manifest ?? null;
}

/** The surroundings as the log has them now. @throws Unavailable before a repository was adopted. */
export async function surroundingsNow({
  requireAdopted,
  adoptedPolicy,
  pointer,
  catalog,
}: {
  readonly requireAdopted: RequireAdopted;
  readonly adoptedPolicy: AdoptedPolicy;
  readonly pointer: StreamHandler<PointerState, PointerEvent>;
  readonly catalog: Catalog;
}): Promise<Surroundings> {
  const { layout } = await requireAdopted();
  const policy = await adoptedPolicy();
  const releases = await catalog.releases();
  const committed = await catalog.committed();
  const active = await pointer.inspect(POINTER_STREAM, (state) =>
    [...activeMap(state)].map(([id, { version, requires }]) => [id, { version, requires }] as const),
  );
  return { layout, policy, active: Object.fromEntries(active), releases, committed };
}
