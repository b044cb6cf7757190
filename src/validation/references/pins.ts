import { type PackageId, type Version } from '../../domain';
import { type Pin, type PlannedMap } from '../validation-engine';
import { isKindOf } from './known-packages';
import { type PackageReference, parseReference } from './reference-form';
import { type Reference, referencesIn, type ReferringRelease } from './references-in';
import { isOwn, type OwnRelease, standingOn } from './standing-of';

/** A reference to a version that is not the active one of its package. */
export interface NotActive {
  readonly id: PackageId;
  /** The version that is referred to. */
  readonly version: Version;
  /** The one that is active; null when none of the package is. */
  readonly active: Version | null;
}

/** True for the kinds whose releases run with exactly the versions that they refer to: workflows and operations. */
export function pinsVersions(kind: string): boolean {
  return isKindOf(kind, 'workflow') || isKindOf(kind, 'op');
}

/** The references of a release that have to be active when it runs: those of a workflow or an operation to other packages. */
export function pinsIn(release: ReferringRelease & OwnRelease): readonly Reference[] {
  if (!pinsVersions(release.kind)) return [];
  return referencesIn(release).filter((reference) => !isOwn(release, reference));
}

/** What stands against a reference on a map; null where its version is the active one, or is none that can be active. */
export function notActive(map: PlannedMap, reference: PackageReference): NotActive | null {
  const standing = standingOn(map, reference);
  const { version } = reference;
  if (standing.status !== 'staged' || standing.active === version) return null;
  return { id: standing.id, version, active: standing.active };
}

/** {@link notActive} for what {@link ValidationEngine.readPins} answered. Reads no content: it needs no child process. */
export function pinNotActive(map: PlannedMap, pin: Pin): NotActive | null {
  const reference = parseReference(pin.reference);
  return reference === null || reference === 'malformed' ? null : notActive(map, reference);
}
