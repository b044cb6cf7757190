import {
  compareVersions,
  type PackageId,
  PackageNotFound,
  type PackageState,
  type Release,
  ReleaseNotFound,
  type Version,
} from '../../domain';

/**
 * The release a draft starts from: the given one, else the active one, else the highest (a locked one before one that was
 * only committed). Null for a package that does not exist yet.
 *
 * @throws PackageNotFound unless `create` is set, ReleaseNotFound
 */
export function baseRelease(
  state: PackageState,
  request: {
    readonly package: PackageId;
    readonly given: Version | null;
    readonly active: Version | null;
    readonly create: boolean;
  },
): Release | null {
  const { package: id, given, active, create } = request;
  if (state.releases.size === 0 && !create) throw new PackageNotFound(id);
  if (given !== null) {
    const release = state.releases.get(given);
    if (release === undefined) throw new ReleaseNotFound(id, given);
    return release;
  }
  return state.releases.get(active ?? '') ?? highest(state);
}

function highest(state: PackageState): Release | null {
  const releases = [...state.releases.values()].sort((a, b) => compareVersions(b.version, a.version));
  return releases.find((release) => release.status !== 'committed') ?? releases[0] ?? null;
}
