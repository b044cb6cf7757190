import {
  type ChangeType,
  type Committed,
  decidePackage,
  evolvePackage,
  nextVersion,
  type PackageCommand,
  type PackageEvent,
  type PackageState,
  type ReleaseAdopted,
  type Staged,
  type Tagged,
  UNKNOWN_PACKAGE,
  type ValidationFailed,
  type ValidationReport,
  type Version,
  type VersionRequest,
} from '../../../src/domain';
import { specification } from '../specification';

const PACKAGE = 'project_discovery';

/** The decider of one package, project_discovery. */
export const { given, fold } = specification<PackageState, PackageEvent, PackageCommand>({
  initial: () => UNKNOWN_PACKAGE,
  evolve: evolvePackage,
  decide: decidePackage,
});

export function reportThatIs(valid: boolean): ValidationReport {
  return {
    valid,
    validatedAt: '2026-03-01T12:00:00.000Z',
    digest: 'd',
    rulesetDigest: 'r',
    mapDigest: 'm',
    checks: [],
    findings: [],
    errorCount: valid ? 0 : 1,
    warningCount: 0,
    omitted: 0,
  };
}

/** Every release of a story has the commit `commit-VERSION` and the tree `tree-VERSION`, unless it says otherwise. */
export function adopted(version: Version, data: Partial<ReleaseAdopted['data']> = {}): ReleaseAdopted {
  const facts = { package: PACKAGE, version, commit: `commit-${version}`, tree: `tree-${version}`, requires: [] };
  return { type: 'ReleaseAdopted', data: { ...facts, displayName: 'Project Discovery', origin: null, ...data } };
}

/** Committed from draft `mine` unless it says otherwise. */
export function committed(version: Version, data: Partial<Committed['data']> = {}): Committed {
  return {
    type: 'Committed',
    data: {
      package: PACKAGE,
      version,
      changeType: 'minor',
      baseVersion: '1.4.0',
      draft: 'mine',
      commit: `commit-${version}`,
      tree: `tree-${version}`,
      message: 'Add a field',
      displayName: 'Project Discovery',
      requires: [],
      ...data,
    },
  };
}

export function staged(version: Version, data: Partial<Staged['data']> = {}): Staged {
  const facts = { package: PACKAGE, version, commit: `commit-${version}`, tree: `tree-${version}` };
  return { type: 'Staged', data: { ...facts, report: reportThatIs(true), ...data } };
}

export function validationFailed(version: Version): ValidationFailed {
  const facts = { package: PACKAGE, version, commit: `commit-${version}`, tree: `tree-${version}` };
  return { type: 'ValidationFailed', data: { ...facts, report: reportThatIs(false) } };
}

export function tagged(version: Version, message: string): Tagged {
  const tag = `${PACKAGE}/v${version}`;
  return { type: 'Tagged', data: { package: PACKAGE, version, tag, commit: `commit-${version}`, message } };
}

/** What draft `mine` asks for, based on 1.4.0; every draft still exists but `abandoned`. */
export function request(changeType: ChangeType | null, more: Partial<VersionRequest> = {}): VersionRequest {
  const facts = { package: PACKAGE, draft: 'mine', baseVersion: '1.4.0', version: null };
  return { ...facts, changeType, draftExists: (draft) => draft !== 'abandoned', ...more };
}

/** A commit under the version that the rule gives it. */
export function commit(changeType: ChangeType | null, more: Partial<VersionRequest> = {}) {
  return (state: PackageState): PackageCommand => {
    const asked = request(changeType, more);
    const { draft, baseVersion } = asked;
    const { data } = committed(nextVersion(state, asked), { changeType, baseVersion, draft });
    return { type: 'CommitRelease', data, request: asked };
  };
}

export function stage(
  version: Version,
  more: Partial<Extract<PackageCommand, { type: 'StageRelease' }>['data']> = {},
): PackageCommand {
  const facts = { package: PACKAGE, version, commit: `commit-${version}`, expectedCommit: null, wasActive: false };
  return { type: 'StageRelease', data: { ...facts, report: reportThatIs(true), ...more } };
}

export function tag(version: Version, message: string | null = null): PackageCommand {
  return { type: 'TagRelease', data: { package: PACKAGE, version, message } };
}
