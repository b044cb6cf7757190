import { type Committed, type Staged, type Tagged, type ValidationFailed } from '../events';
import {
  PackageNotFound,
  ReleaseChanged,
  ReleaseLocked,
  ReleaseNotFound,
  ReleaseNotStaged,
} from '../errors/release.errors';
import { type PackageId } from '../package-id';
import { type ValidationReport } from '../report';
import { type Version } from '../version';
import { nextVersion, type VersionRequest } from './next-version';
import { type PackageState, type Release } from './package.state';

export interface CommitRelease {
  readonly type: 'CommitRelease';
  /** The event's facts: content was written, and is kept, under `commit` and `tree`. */
  readonly data: Committed['data'];
  /** The request that `data.version` was decided from; decided again here, so that nobody took it meanwhile. */
  readonly request: VersionRequest;
}

export interface StageRelease {
  readonly type: 'StageRelease';
  readonly data: {
    readonly package: PackageId;
    readonly version: Version;
    /** The commit that was validated. */
    readonly commit: string;
    /** The commit the caller looked at; null when it does not say. */
    readonly expectedCommit: string | null;
    /** True when the release is, or once was, in production. */
    readonly wasActive: boolean;
    readonly report: ValidationReport;
  };
}

export interface TagRelease {
  readonly type: 'TagRelease';
  readonly data: {
    readonly package: PackageId;
    readonly version: Version;
    readonly message: string | null;
    /** Commit that holds the locked content, where the release names one that held other content; absent else. */
    readonly contentCommit?: string;
  };
}

export type PackageCommand = CommitRelease | StageRelease | TagRelease;

/**
 * Decides commit, stage and tag of one package.
 *
 * @throws VersionTaken, ReleaseLocked, BadUserInput, PackageNotFound, ReleaseNotFound, ReleaseChanged, ReleaseNotStaged
 */
export function decidePackage(
  command: PackageCommand,
  state: PackageState,
): readonly (Committed | Staged | ValidationFailed | Tagged)[] {
  switch (command.type) {
    case 'CommitRelease':
      nextVersion(state, { ...command.request, version: command.data.version });
      return [{ type: 'Committed', data: command.data }];
    case 'StageRelease':
      return decideStage(command, state);
    case 'TagRelease':
      return decideTag(command, state);
  }
}

/**
 * The release a staging may validate.
 * @throws PackageNotFound, ReleaseNotFound, ReleaseLocked when it is staged or was active, ReleaseChanged when the caller looked at another commit.
 */
export function stageable(
  state: PackageState,
  request: Pick<StageRelease['data'], 'package' | 'version' | 'expectedCommit' | 'wasActive'>,
): Release {
  const release = releaseOf(state, request.package, request.version);
  if (release.status === 'staged') throw new ReleaseLocked(request.package, request.version, 'staged');
  if (request.wasActive) throw new ReleaseLocked(request.package, request.version, 'released');
  if (request.expectedCommit !== null && request.expectedCommit !== release.commit) {
    throw new ReleaseChanged(request.package, request.version, request.expectedCommit, release.commit);
  }
  return release;
}

/** Tag name of a release: `{id}/v{semver}`. */
export function tagName(packageId: PackageId, version: Version): string {
  return `${packageId}/v${version}`;
}

function decideStage({ data }: StageRelease, state: PackageState): readonly (Staged | ValidationFailed)[] {
  const release = stageable(state, data);
  if (release.commit !== data.commit) throw new ReleaseChanged(data.package, data.version, data.commit, release.commit);
  const { package: id, version, report } = data;
  const facts = { package: id, version, commit: release.commit, tree: release.tree, report };
  return [{ type: report.valid ? 'Staged' : 'ValidationFailed', data: facts }];
}

function decideTag({ data }: TagRelease, state: PackageState): readonly Tagged[] {
  const release = releaseOf(state, data.package, data.version);
  if (release.status === 'committed') throw new ReleaseNotStaged(data.package, data.version);
  if (release.tag !== null) return [];
  const message = data.message ?? `${release.displayName ?? data.package} ${data.version}`;
  return [
    {
      type: 'Tagged',
      data: {
        package: data.package,
        version: data.version,
        tag: tagName(data.package, data.version),
        commit: data.contentCommit ?? release.commit,
        message,
      },
    },
  ];
}

function releaseOf(state: PackageState, id: PackageId, version: Version): Release {
  if (state.releases.size === 0) throw new PackageNotFound(id);
  const release = state.releases.get(version);
  if (release === undefined) throw new ReleaseNotFound(id, version);
  return release;
}
