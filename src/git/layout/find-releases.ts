import { isPackageName, isVersion, type Layout, type PackageId, packageIdOf, type Version } from '../../domain';
import { type ObjectId } from '../git-repository';
import { type ContentFlaw, contentFlaw, type ListedEntry } from '../trees/list-entries';
import { matchPattern, reachesInto } from './path-pattern';

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

const ID_GRAMMAR =
  'id out of grammar: a lower-case letter, then at most 63 of lower-case letters, digits, "_", "." and "-", and no version';
const VERSION_GRAMMAR = 'version out of grammar: a semantic version such as 1.4.0 or 1.5.0-rc.1';

/** Something at the place of a release, or on the way to one, that cannot be one; it stays in the repository as it is. */
export interface NotAdopted {
  readonly path: string;
  readonly why:
    | typeof ID_GRAMMAR
    | typeof VERSION_GRAMMAR
    | 'holds no file'
    | `holds a ${ContentFlaw}`
    | `is a ${Exclude<ContentFlaw, 'name that is not UTF-8'>}`;
}

/** Every release directory of a tree, in the order of the listing, and what stands in the place of one but is none. */
export function findReleases(
  entries: readonly ListedEntry[],
  layout: Pick<Layout, 'kinds' | 'defaultKind'>,
): { readonly releases: readonly FoundRelease[]; readonly notAdopted: readonly NotAdopted[] } {
  const releases: FoundRelease[] = [];
  const notAdopted: NotAdopted[] = [];
  const { filled, flawed } = contents(entries);
  const kinds = Object.entries(layout.kinds);
  for (const { path, mode, oid } of entries) {
    if (mode === '120000' || mode === '160000') {
      const inTheWay = kinds.some(([, { path: pattern }]) => reachesInto(path, pattern));
      if (inTheWay) notAdopted.push({ path, why: mode === '120000' ? 'is a symbolic link' : 'is a submodule' });
    }
    if (mode !== '040000') continue;
    for (const [kind, { path: pattern }] of kinds) {
      const match = matchPattern(pattern, path);
      if (match === null) continue;
      const { name, version } = match;
      const flaw = flawed.get(path);
      if (!isPackageName(name)) notAdopted.push({ path, why: ID_GRAMMAR });
      else if (!isVersion(version)) notAdopted.push({ path, why: VERSION_GRAMMAR });
      else if (flaw !== undefined) notAdopted.push({ path, why: `holds a ${flaw}` });
      else if (!filled.has(path)) notAdopted.push({ path, why: 'holds no file' });
      else
        releases.push({ package: packageIdOf(kind, name, layout.defaultKind), kind, name, version, path, tree: oid });
    }
  }
  return { releases, notAdopted };
}

/** Directories that hold a file, at any depth, and those that hold something unfit for a release. */
function contents(entries: readonly ListedEntry[]) {
  const filled = new Set<string>();
  const flawed = new Map<string, ContentFlaw>();
  for (const entry of entries) {
    const flaw = contentFlaw(entry);
    if (entry.mode === '040000' && flaw === null) continue;
    for (let slash = entry.path.indexOf('/'); slash >= 0; slash = entry.path.indexOf('/', slash + 1)) {
      const directory = entry.path.slice(0, slash);
      filled.add(directory);
      if (flaw !== null && !flawed.has(directory)) flawed.set(directory, flaw);
    }
  }
  return { filled, flawed };
}
