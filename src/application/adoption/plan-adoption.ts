import {
  comparePackageIds,
  type Layout,
  type PackageEvent,
  type PackageId,
  packageStream,
  POINTER_STREAM,
  type PointerChange,
  type PointerEvent,
  type Version,
} from '../../domain';

const MAX_CHANGES = 1000;

/** A release directory of the adopted tree with what its manifest says. */
export interface ReleaseToAdopt {
  readonly package: PackageId;
  readonly version: Version;
  readonly tree: string;
  readonly displayName: string | null;
  readonly requires: readonly PackageId[];
}

/** What is adopted. */
export interface AdoptionSource {
  readonly commit: string;
  readonly layout: Layout;
  readonly releases: readonly ReleaseToAdopt[];
  /** The map of the pointer file. */
  readonly pointer: ReadonlyMap<PackageId, Version>;
}

/** The events of an adoption, each stream's in order; the sealing `Adopted` is not among them. A function of the source alone. */
export function planAdoption(source: AdoptionSource): ReadonlyMap<string, readonly (PackageEvent | PointerEvent)[]> {
  const streams = new Map<string, (PackageEvent | PointerEvent)[]>();
  const add = (stream: string, event: PackageEvent | PointerEvent): void => {
    streams.set(stream, [...(streams.get(stream) ?? []), event]);
  };
  for (const release of source.releases) {
    add(packageStream(release.package), {
      type: 'ReleaseAdopted',
      data: { ...release, commit: source.commit, origin: null },
    });
  }
  const changes = pointerChanges(source);
  for (let from = 0; from < changes.length; from += MAX_CHANGES) {
    const part = changes.slice(from, from + MAX_CHANGES);
    add(POINTER_STREAM, { type: 'PointerAdopted', data: { commit: source.commit, changes: part, origin: null } });
  }
  return streams;
}

/** A pointer entry without a directory has no tree: it can be moved away from, never to. */
function pointerChanges({ pointer, releases }: AdoptionSource): readonly PointerChange[] {
  const byKey = new Map(releases.map((release) => [`${release.package} ${release.version}`, release]));
  return [...pointer]
    .map(([id, version]) => {
      const release = byKey.get(`${id} ${version}`);
      const { tree = null, requires = [] } = release ?? {};
      return { package: id, fromVersion: null, toVersion: version, tree, requires };
    })
    .sort((a, b) => comparePackageIds(a.package, b.package));
}
