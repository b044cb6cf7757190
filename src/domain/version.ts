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

/** The release that follows `base` for a change type; a pre-release base counts as its release part (`1.5.0-rc.1` + minor = `1.6.0`). */
export function bump(base: Version, changeType: ChangeType): Version {
  const { major, minor, patch } = semver.parse(base, {}, true);
  switch (changeType) {
    case 'major':
      return `${String(major + 1)}.0.0`;
    case 'minor':
      return `${String(major)}.${String(minor + 1)}.0`;
    case 'patch':
      return `${String(major)}.${String(minor)}.${String(patch + 1)}`;
  }
}

/** The first part in which two versions differ: what change type leads from `base` to `version`. Null when `version` is not above `base`. */
export function changeTypeBetween(base: Version, version: Version): ChangeType | null {
  if (semver.compare(version, base) <= 0) return null;
  const from = semver.parse(base, {}, true);
  const to = semver.parse(version, {}, true);
  if (to.major !== from.major) return 'major';
  if (to.minor !== from.minor) return 'minor';
  return 'patch';
}

/** True when `a` is at least as large a change as `b`. */
export function coversChangeType(a: ChangeType, b: ChangeType): boolean {
  return CHANGE_TYPES.indexOf(a) <= CHANGE_TYPES.indexOf(b);
}
