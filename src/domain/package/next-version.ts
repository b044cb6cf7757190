import { BadUserInput } from '../errors/input.errors';
import { ReleaseLocked, VersionTaken } from '../errors/release.errors';
import { type PackageId } from '../package-id';
import {
  bump,
  type ChangeType,
  compareVersions,
  coversPart,
  FIRST_VERSION,
  isPrerelease,
  isVersion,
  type Version,
} from '../version';
import { type PackageState, type Release } from './package.state';

/** What the version of a commit is decided from. */
export interface VersionRequest {
  readonly package: PackageId;
  readonly draft: string;
  /** The release the draft builds on; null for a package's first. */
  readonly baseVersion: Version | null;
  /** Null only for a first release. */
  readonly changeType: ChangeType | null;
  /** Given by the caller; null lets the rule decide. */
  readonly version: Version | null;
  /** True for a draft that still exists: what it committed is taken. */
  readonly draftExists: (draft: string) => boolean;
}

/**
 * The version a commit gets: the draft's own last one while it is unstaged and still fits the change type; else the base
 * raised by the change type, and raised again until it is free. A given version must be above the base and differ from it
 * first in the part that the change type names.
 *
 * @throws BadUserInput, VersionTaken, ReleaseLocked
 */
export function nextVersion(state: PackageState, request: VersionRequest): Version {
  const { baseVersion, changeType } = request;
  if (request.version !== null) return givenVersion(state, request, request.version);
  const own = ownVersion(state, request);
  if (own !== null) return own;
  if (baseVersion === null || changeType === null) {
    assertFree(state, request, FIRST_VERSION);
    return FIRST_VERSION;
  }
  let version = raised(baseVersion, changeType);
  while (!isFree(state, request, version)) version = raised(version, changeType);
  return version;
}

function raised(version: Version, changeType: ChangeType): Version {
  const next = bump(version, changeType);
  if (isVersion(next)) return next;
  throw new BadUserInput(
    'changeType',
    `no version is a ${changeType} step above ${version}. Declare another change type.`,
  );
}

function givenVersion(state: PackageState, request: VersionRequest, version: Version): Version {
  const { baseVersion, changeType } = request;
  if (baseVersion !== null && compareVersions(version, baseVersion) <= 0) {
    throw new BadUserInput('version', `${version} is not above ${baseVersion}, the release this draft is based on.`);
  }
  if (baseVersion !== null && changeType !== null && !coversPart(baseVersion, version, changeType)) {
    const fitting = bump(baseVersion, changeType);
    throw new BadUserInput(
      'version',
      `${version} is not a ${changeType} step from ${baseVersion}; ${fitting} would be.`,
    );
  }
  refuseCaseTwin(state, version);
  assertFree(state, request, version);
  return version;
}

/** Release directories must be told apart on every file system. */
function refuseCaseTwin(state: PackageState, version: Version): void {
  const same = version.toLowerCase();
  const twin = [...state.releases.keys()].find((other) => other !== version && other.toLowerCase() === same);
  if (twin === undefined) return;
  throw new BadUserInput(
    'version',
    `${version} differs from the existing release ${twin} only in the case of its letters.`,
  );
}

function ownVersion(state: PackageState, request: VersionRequest): Version | null {
  const last = state.lastOfDraft.get(request.draft);
  if (last === undefined || isPrerelease(last.version)) return null;
  const release = state.releases.get(last.version);
  if (release?.status !== 'committed' || release.draft !== request.draft) return null;
  if (request.baseVersion === null || request.changeType === null) return last.version;
  return coversPart(request.baseVersion, last.version, request.changeType) ? last.version : null;
}

function isFree(state: PackageState, request: VersionRequest, version: Version): boolean {
  return holderOf(state, request, version) === null;
}

function assertFree(state: PackageState, request: VersionRequest, version: Version): void {
  const holder = holderOf(state, request, version);
  if (holder === null) return;
  if (holder.status === 'committed') throw new VersionTaken(request.package, version, holder.draft);
  throw new ReleaseLocked(request.package, version, holder.status);
}

/** The release that keeps a version from being used: a locked one, or one that another living draft committed. */
function holderOf(state: PackageState, request: VersionRequest, version: Version): Release | null {
  const release = state.releases.get(version);
  if (release === undefined) return null;
  if (release.status !== 'committed') return release;
  return release.draft !== request.draft && request.draftExists(release.draft) ? release : null;
}
