import { type Blocker } from '../errors/pointer.errors';
import { type PackageId } from '../package-id';
import { type Release } from '../package/package.state';
import { isPrerelease, type Version } from '../version';
import { type ContentFact, contentBlockers } from './content-fact';
import { planMove, type PlannedMove, type Proposal } from './planned-move';
import { type PointerState } from './pointer.state';

/** A release to activate with what its package and the object store say about it. */
export interface ActivationTarget {
  readonly package: PackageId;
  readonly version: Version;
  readonly packageExists: boolean;
  readonly release: Release | null;
  /** The release's base, its base's base, and so on. */
  readonly ancestors: readonly Version[];
  readonly content: ContentFact;
}

/** What activating a set of staged or formerly active releases would do. */
export function planActivation(state: PointerState, targets: readonly ActivationTarget[]): PlannedMove {
  return planMove(
    state,
    'Activate',
    targets.map((target) => propose(state, target)),
  );
}

function propose(state: PointerState, target: ActivationTarget): Proposal {
  const { package: id, version, release } = target;
  const entry = state.entries.get(id);
  const active = entry?.active ?? null;
  const refuse = (code: Blocker['code'], message: string, unblock: string): Proposal => ({
    change: null,
    blockers: [{ code, packageId: id, message, unblock }],
  });

  if (!target.packageExists)
    return refuse(
      'PACKAGE_NOT_FOUND',
      `There is no package ${id}.`,
      'Check the id; query packages to see what exists.',
    );
  if (release === null)
    return refuse(
      'RELEASE_NOT_FOUND',
      `${id} has no release ${version}.`,
      'Query package(id).releases to see its versions.',
    );
  if (active?.version === version)
    return refuse('ALREADY_ACTIVE', `${id} ${version} is active already.`, 'Leave it out of the set.');
  if (isPrerelease(version)) {
    return refuse(
      'PRERELEASE_NOT_ACTIVATABLE',
      `${id} ${version} is a pre-release.`,
      'Commit and stage it under a version without a pre-release part.',
    );
  }
  if (release.status !== 'staged' && entry?.everActive.has(version) !== true) {
    return refuse('RELEASE_NOT_STAGED', `${id} ${version} is not staged.`, 'Stage it first.');
  }
  // What an adopted release was based on is not known, and going back to a former version undoes others on purpose.
  const undone =
    active !== null &&
    release.draft !== null &&
    !target.ancestors.includes(active.version) &&
    entry?.everActive.has(version) !== true;
  return {
    change: {
      package: id,
      fromVersion: active?.version ?? null,
      toVersion: version,
      tree: release.tree,
      requires: release.requires,
    },
    blockers: contentBlockers(id, version, target.content),
    warnings: undone
      ? [
          {
            code: 'NOT_BASED_ON_ACTIVE',
            packageId: id,
            message: `${id} ${version} is based on ${release.baseVersion ?? 'no release'}, not on ${active.version}, which is active: activating it undoes ${active.version}.`,
            unblock: `Start a draft from ${active.version} and make the change there.`,
          },
        ]
      : [],
  };
}
