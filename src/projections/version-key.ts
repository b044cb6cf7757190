import * as semver from 'semver';
import { type Version } from '../domain';

// Below every letter, digit and hyphen, so that a list of identifiers sorts before a longer one that begins with it.
const SEPARATOR = '!';

/**
 * A text that sorts, by bytes, as semantic version precedence does: `1.9.0-rc.2`, `1.9.0-rc.10`, `1.9.0`, `1.10.0`.
 * What is no semantic version sorts below all.
 */
export function versionKey(version: Version): string {
  const parsed = semver.parse(version);
  if (parsed === null) return ` ${version}`;
  const core = [parsed.major, parsed.minor, parsed.patch].map((part) => sortableNumber(String(part))).join('.');
  if (parsed.prerelease.length === 0) return `${core}~`;
  return `${core}-${parsed.prerelease.map((part) => sortableIdentifier(String(part))).join(SEPARATOR)}`;
}

function sortableIdentifier(identifier: string): string {
  return /^\d+$/.test(identifier) ? `0${sortableNumber(identifier)}` : `1${identifier}`;
}

/** Without leading zeros, the longer number is the greater one. */
function sortableNumber(digits: string): string {
  return `${String(digits.length).padStart(2, '0')}${digits}`;
}
