import { compareVersions, type PackageId, splitPackageId } from '../../domain';
import { type PlannedMap } from '../validation-engine';
import { activeVersion, isKindOf, packageIdsOf, packagesWithWords, stagedVersions } from './known-packages';
import { type Family, formOf, type PackageReference } from './reference-form';

/** A reference to the one package that the words of a name fit, for a message; null when none or several fit. */
export function similarReference(map: PlannedMap, reference: PackageReference): string | null {
  const { family, name, version } = reference;
  return meantReference(map, [family], [name, `${name}.v1`], version);
}

/** The one reference that some names and a version can mean, within some families; null when there is none or several. */
export function meantReference(
  map: PlannedMap,
  families: readonly Family[],
  names: readonly string[],
  version: string,
): string | null {
  const meant = new Map<PackageId, string>();
  for (const family of families)
    for (const name of names) {
      const ids = [
        ...packageIdsOf(map, family, name),
        ...packagesWithWords(map, (kind) => isKindOf(kind, family), name),
      ];
      for (const id of ids) {
        const written = bestVersion(map, id, version);
        if (written !== null && !meant.has(id))
          meant.set(id, formOf(family, splitPackageId(id, map.defaultKind).name, written));
      }
    }
  const [only, second] = [...meant.values()];
  return only === undefined || second !== undefined ? null : only;
}

/** The version asked for where there is one, else the active one, else the highest. */
function bestVersion(map: PlannedMap, id: PackageId, version: string): string | null {
  const versions = stagedVersions(map, id);
  if (versions.includes(version)) return version;
  return activeVersion(map, id) ?? [...versions].sort(compareVersions).at(-1) ?? null;
}
