import { comparePackageIds, type Layout, type PackageId, type PointerChange, releaseKey } from '../../domain';
import { releasePath } from '../../git';
import { type ReleaseToAdopt } from '../adoption/plan-adoption';
import { type SourceReading } from '../adoption/read-source';
import { type LoggedRelease, type PromotedContent } from './promoted-content';

/** What foreign commits changed, as events have to say it; or why it cannot be taken over. */
export interface AdoptionAgain {
  /** Releases that the log does not know yet. */
  readonly releases: readonly ReleaseToAdopt[];
  /** Sorted by package; packages that a waiting event has moved are left out. */
  readonly changes: readonly PointerChange[];
  /** What breaks the content lock; nothing may be written then. */
  readonly refusals: readonly string[];
}

/** Refusals that are told one by one. */
const MAX_REFUSALS = 20;

/** Compares a foreign commit with what the log says. A function of both. */
export function planAdoptionAgain(source: SourceReading, log: PromotedContent): AdoptionAgain {
  const found = new Map(source.releases.map((release) => [releaseKey(release.package, release.version), release]));
  const refusals = [
    ...(source.hasPointerFile || log.pointer.size === 0
      ? []
      : [`The pointer file ${source.layout.pointer.path} is not there any more.`]),
    ...brokenSections(source),
    ...[...log.releases.values()].flatMap((release) => {
      const fault = lockFault(release, found.get(releaseKey(release.package, release.version)), source.layout);
      return fault === null ? [] : [fault];
    }),
  ];
  const isKnown = (key: string): boolean => {
    const known = log.releases.get(key);
    if (known === undefined || known.standing === 'committed') return false;
    // Named by an adoption of another commit that was broken off: this one has to name it too.
    return known.unsealed === null || known.unsealed === source.commit;
  };
  return {
    releases: [...found].filter(([key]) => !isKnown(key)).map(([, release]) => release),
    changes: changesOf(source, found, log),
    refusals:
      refusals.length <= MAX_REFUSALS
        ? refusals
        : [...refusals.slice(0, MAX_REFUSALS), `${String(refusals.length - MAX_REFUSALS)} more like these.`],
  };
}

/** A section that is no object has no place for the next move. */
function brokenSections({ layout, ignoredPointerKeys }: SourceReading): readonly string[] {
  if (layout.pointer.form === 'flat') return [];
  const broken = ignoredPointerKeys.filter((key) => Object.hasOwn(layout.kinds, key));
  return broken.map((key) => `${JSON.stringify(key)} in ${layout.pointer.path} is not an object any more.`);
}

/** Locked content stands where it stood with the very same tree; what waits to come, or is a draft's, may be missing. */
function lockFault(release: LoggedRelease, found: ReleaseToAdopt | undefined, layout: Layout): string | null {
  const { package: id, version, tree, standing, draft } = release;
  const name = `${id} ${version}`;
  const place = releasePath(layout, id, version);
  if (place === null) return `The layout found there has no place for ${name}.`;
  if (found === undefined) {
    return standing === 'on main' ? `The locked release ${name} is not at ${place} any more.` : null;
  }
  if (found.tree === tree) return null;
  if (standing !== 'committed') {
    return `The content of the locked release ${name} was changed: ${place} is tree ${found.tree}, not ${tree}.`;
  }
  return `${place} differs from ${name} as the draft ${draft ?? ''} has committed it. Abandon that draft, or commit it under another version.`;
}

function changesOf(
  { pointer }: SourceReading,
  found: ReadonlyMap<string, ReleaseToAdopt>,
  log: PromotedContent,
): readonly PointerChange[] {
  const ids = [...new Set<PackageId>([...pointer.keys(), ...log.pointer.keys()])].filter(
    (id) => !log.movedSince.has(id) && pointer.get(id) !== log.pointer.get(id),
  );
  return ids.sort(comparePackageIds).map((id) => {
    const toVersion = pointer.get(id) ?? null;
    const key = toVersion === null ? '' : releaseKey(id, toVersion);
    const logged = log.releases.get(key);
    const release = found.get(key) ?? (logged?.standing === 'committed' ? undefined : logged);
    const { tree = null, requires = [] } = release ?? {};
    return { package: id, fromVersion: log.pointer.get(id) ?? null, toVersion, tree, requires };
  });
}
