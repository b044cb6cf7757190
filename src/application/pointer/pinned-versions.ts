import {
  activeMap,
  type Blocker,
  comparePackageIds,
  type Layout,
  type MissedPin,
  type PackageId,
  pinWarnings,
  type PlannedMove,
  type PointedRelease,
  type PointerState,
  splitPackageId,
} from '../../domain';
import { type NotActive, type Pin, type PlannedMap, pinNotActive, pinsVersions } from '../../validation';
import { type Catalog } from '../releases/catalog';
import { type PinningRelease, type ReadPins } from './read-pins';

/**
 * Warnings about workflows and operations that would run with other versions than they refer to, judged as at staging, on the
 * map after the move: everything about those that the move brings in, and of those that stay what the move changes. For dry
 * runs alone: no move waits for content to be read. What could not be read is told, never guessed.
 */
export async function pinnedVersions(
  dependencies: { readonly readPins: ReadPins; readonly catalog: Pick<Catalog, 'releases' | 'committed'> },
  layout: Layout,
  today: PointerState,
  plan: PlannedMove,
): Promise<readonly Blocker[]> {
  const { readPins, catalog } = dependencies;
  const changed = new Set(plan.changes.map((change) => change.package));
  const pinning = pinningReleases(layout, plan.map, changed);
  if (changed.size === 0 || pinning.length === 0) return [];
  const versions = { releases: await catalog.releases(), committed: await catalog.committed() };
  const before = plannedMap(layout, activeMap(today), versions);
  const after = plannedMap(layout, plan.map, versions);

  const read = await readPins(pinning);
  const missed = pinning.flatMap((release, at): readonly MissedPin[] => {
    const isEntering = changed.has(release.package);
    const found = missedBy(read[at] ?? [], after, isEntering ? null : before);
    return found.map((each) => ({ ...each, release, isEntering }));
  });
  const unread = pinning.filter((_, at) => (read[at] ?? null) === null);
  return pinWarnings(plan.type, missed, unread);
}

/** Active releases of the kinds that pin versions; those that the move brings in come first, where not all can be read. */
function pinningReleases(
  { defaultKind }: Layout,
  map: ReadonlyMap<PackageId, PointedRelease>,
  changed: ReadonlySet<PackageId>,
): readonly PinningRelease[] {
  const pinning = [...map].flatMap(([id, { version, tree }]) =>
    tree !== null && pinsVersions(splitPackageId(id, defaultKind).kind) ? [{ package: id, version, tree }] : [],
  );
  const rank = (release: PinningRelease): number => (changed.has(release.package) ? 0 : 1);
  return pinning.sort((a, b) => rank(a) - rank(b) || comparePackageIds(a.package, b.package));
}

function plannedMap(
  { defaultKind }: Layout,
  map: ReadonlyMap<PackageId, PointedRelease>,
  versions: Pick<PlannedMap, 'releases' | 'committed'>,
): PlannedMap {
  const active = [...map].map(([id, { version, requires }]) => [id, { version, requires }] as const);
  return { defaultKind, active: Object.fromEntries(active), ...versions };
}

/** What pins miss on a map, each version once; where there is a map before it, only what they miss since. */
function missedBy(pins: readonly Pin[], after: PlannedMap, before: PlannedMap | null) {
  const found = new Map<string, NotActive & Pick<Pin, 'path' | 'line' | 'places'>>();
  for (const pin of pins) {
    const missed = pinNotActive(after, pin);
    if (missed === null || (before !== null && !isNews(missed, pinNotActive(before, pin)))) continue;
    const key = `${missed.id} ${missed.version}`;
    const same = found.get(key);
    const { path, line } = same ?? pin;
    found.set(key, { ...missed, path, line, places: (same?.places ?? 0) + pin.places });
  }
  return [...found.values()];
}

/** What was not active before either is news only when nothing of its package is left. */
function isNews(after: NotActive, before: NotActive | null): boolean {
  return before === null || (before.active !== null && after.active === null);
}
