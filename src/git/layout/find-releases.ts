import { isName, isVersion, type Layout, type PackageId, packageIdOf, type Version } from '../../domain';
import { type ObjectId } from '../git-repository';
import { type ListedEntry } from '../trees/list-entries';
import { matchPattern } from './path-pattern';

/** A release directory that stands in a tree. */
export interface FoundRelease {
  readonly package: PackageId;
  readonly kind: string;
  readonly name: string;
  readonly version: Version;
  /** Relative to the repository root. */
  readonly path: string;
  /** Git tree id of the directory. */
  readonly tree: ObjectId;
}

/** A directory at the place of a release whose id or version is none. */
export interface NotAdopted {
  readonly path: string;
  readonly why: 'id out of grammar' | 'version out of grammar';
}

/** Every release directory of a tree, in the order of the listing, and the directories that cannot be one. */
export function findReleases(
  entries: readonly ListedEntry[],
  layout: Pick<Layout, 'kinds' | 'defaultKind'>,
): { readonly releases: readonly FoundRelease[]; readonly notAdopted: readonly NotAdopted[] } {
  const releases: FoundRelease[] = [];
  const notAdopted: NotAdopted[] = [];
  for (const { path, mode, oid } of entries) {
    if (mode !== '040000') continue;
    for (const [kind, { path: pattern }] of Object.entries(layout.kinds)) {
      const match = matchPattern(pattern, path);
      if (match === null) continue;
      const { name, version } = match;
      if (!isName(name)) notAdopted.push({ path, why: 'id out of grammar' });
      else if (!isVersion(version)) notAdopted.push({ path, why: 'version out of grammar' });
      else
        releases.push({ package: packageIdOf(kind, name, layout.defaultKind), kind, name, version, path, tree: oid });
    }
  }
  return { releases, notAdopted };
}
