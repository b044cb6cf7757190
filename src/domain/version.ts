import * as semver from 'semver';

export type Version = string;
export type ChangeType = 'major' | 'minor' | 'patch';

export const CHANGE_TYPES: readonly ChangeType[] = ['major', 'minor', 'patch'];
export const FIRST_VERSION: Version = '1.0.0';

const MAX_LENGTH = 64;

/**
 * True for the one spelling of a semantic version that Slipway accepts: `MAJOR.MINOR.PATCH` with an optional
 * pre-release part, no leading zeros or `v`, no build metadata (two spellings would have one precedence), at most 64 characters.
 */
export function isVersion(text: string): boolean {
  return text.length <= MAX_LENGTH && !text.includes('+') && semver.valid(text) === text;
}

export function isPrerelease(version: Version): boolean {
  return semver.prerelease(version) !== null;
}

/** Semantic version precedence: negative when `a` is lower. */
export function compareVersions(a: Version, b: Version): number {
  return semver.compare(a, b);
}

/**
 * The release that follows `base` for a change type. A pre-release is followed by its own release where the change type
 * allows it (`1.5.0-rc.1` + minor = `1.5.0`), as semver's own increment does.
 */
export function bump(base: Version, changeType: ChangeType): Version {
  const next = semver.inc(base, changeType);
  if (next === null) throw new TypeError(`${base} is not a semantic version`);
  return next;
}

/**
 * True when `version` lies above `base` and differs from it first in the part that `changeType` names. Above a
 * pre-release, its own release counts as well.
 */
export function coversPart(base: Version, version: Version, changeType: ChangeType): boolean {
  if (semver.compare(version, base) <= 0) return false;
  const to = semver.parse(version, {}, true);
  if (isPrerelease(base) && `${String(to.major)}.${String(to.minor)}.${String(to.patch)}` === bump(base, changeType))
    return true;
  const from = semver.parse(base, {}, true);
  if (to.major !== from.major) return changeType === 'major';
  if (to.minor !== from.minor) return changeType === 'minor';
  return changeType === 'patch';
}
