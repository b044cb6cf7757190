import { type ChangeReason } from '../change-classification';
import { type PackageId } from '../package-id';
import { type ChangeType, type Version } from '../version';
import { DomainError } from './domain-error';

export class PackageNotFound extends DomainError {
  readonly code = 'PACKAGE_NOT_FOUND';
  constructor(packageId: PackageId) {
    super(`There is no package ${packageId}. Query packages to see what exists, or start a draft with create: true.`, {
      package: packageId,
    });
  }
}

export class ReleaseNotFound extends DomainError {
  readonly code = 'RELEASE_NOT_FOUND';
  constructor(packageId: PackageId, version: Version) {
    super(`${packageId} has no release ${version}. Query package(id).releases to see its versions.`, {
      package: packageId,
      version,
    });
  }
}

/** The version belongs to another draft that still exists. */
export class VersionTaken extends DomainError {
  readonly code = 'VERSION_TAKEN';
  constructor(packageId: PackageId, version: Version, draft: string) {
    super(`${packageId} ${version} is committed by draft ${draft}. Give another version, or abandon that draft.`, {
      package: packageId,
      version,
      draft,
    });
  }
}

/** The release is staged, released, superseded or adopted: its content never changes again. */
export class ReleaseLocked extends DomainError {
  readonly code = 'RELEASE_LOCKED';
  constructor(packageId: PackageId, version: Version, why: string) {
    super(`${packageId} ${version} is locked: it is ${why}. Commit the change under a new version.`, {
      package: packageId,
      version,
    });
  }
}

/** The release names another commit than the caller looked at. */
export class ReleaseChanged extends DomainError {
  readonly code = 'RELEASE_CHANGED';
  constructor(packageId: PackageId, version: Version, expectedCommit: string, actualCommit: string) {
    super(`${packageId} ${version} was committed again and is now ${actualCommit}. Look at it and stage again.`, {
      package: packageId,
      version,
      expectedCommit,
      actualCommit,
    });
  }
}

export class ReleaseNotStaged extends DomainError {
  readonly code = 'RELEASE_NOT_STAGED';
  constructor(packageId: PackageId, version: Version) {
    super(`${packageId} ${version} is not staged. Stage it first.`, { package: packageId, version });
  }
}

const REASONS_IN_MESSAGE = 3;

/** The declared change type is smaller than the content needs. */
export class ChangeTypeTooSmall extends DomainError {
  readonly code = 'CHANGE_TYPE_TOO_SMALL';
  constructor(declared: ChangeType, required: ChangeType, reasons: readonly ChangeReason[]) {
    // The reasons are sorted: the first are those that made it so.
    const decisive = reasons.filter(({ changeType }) => changeType === required);
    const shown = decisive.slice(0, REASONS_IN_MESSAGE).map(({ path, message }) => `${path ?? 'release'}: ${message}`);
    const more = decisive.length - shown.length;
    super(
      `The change is ${required.toUpperCase()} and was declared ${declared.toUpperCase()}. ${shown.join(' ')}` +
        `${more > 0 ? ` And ${String(more)} more.` : ''} Declare ${required.toUpperCase()}, or take that part back.`,
      {
        declared: declared.toUpperCase(),
        required: required.toUpperCase(),
        reasons: reasons.map((reason) => ({ ...reason, changeType: reason.changeType.toUpperCase() })),
      },
    );
  }
}
