import { compareVersions, type PackageId, splitPackageId } from '../../domain';
import { type PlannedMap } from '../validation-engine';
import { activeVersion, isKindOf, packageIdsOf, packagesWithWords, stagedVersions } from './known-packages';
import { type Family, formOf, type PackageReference } from './reference-form';

/** A reference to the one package that the words of a name fit, for a message; null when none or several fit. */
export function similarReference(map: PlannedMap, reference: PackageReference): string | null {
  const { family, name, version } = reference;
  return meantReference(map, [family], family === 'pgc' ? [name, `${name}.v1`] : [name], version);
}

/**
 * The one reference that some names and a version can mean: of the first family that has packages of that name. Null when
 * none has, or several packages fit.
 */
export function meantReference(
  map: PlannedMap,
  families: readonly Family[],
  names: readonly string[],
  version: string,
): string | null {
  for (const family of families) {
    const ids = new Set(names.flatMap((name) => packagesOf(map, family, name)));
    const fitting = [...ids].flatMap((id) => {
      const written = bestVersion(map, id, version);
      return written === null ? [] : [formOf(family, splitPackageId(id, map.defaultKind).name, written)];
    });
    const [only, second] = fitting;
    if (only !== undefined) return second === undefined ? only : null;
  }
  return null;
}

/** Packages of a name, or of its words in another order; a package that only carries a schema where there is no other. */
function packagesOf(map: PlannedMap, family: Family, name: string): readonly PackageId[] {
  const known = packageIdsOf(map, family, name).filter((id) => stagedVersions(map, id).length > 0);
  return known.length > 0 ? known.slice(0, 1) : packagesWithWords(map, (kind) => isKindOf(kind, family), name);
}

/** The version asked for where there is one, else the active one, else the highest. */
function bestVersion(map: PlannedMap, id: PackageId, version: string): string | null {
  const versions = stagedVersions(map, id);
  if (versions.includes(version)) return version;
  return activeVersion(map, id) ?? [...versions].sort(compareVersions).at(-1) ?? null;
}
