import { type Blocker } from '../errors/pointer.errors';
import { type PointerChange } from '../events';
import { type PackageId } from '../package-id';
import { type Version } from '../version';

/** Digest of the rules that a release was staged under; null for one that was adopted and never staged. */
export type StagedUnder = (id: PackageId, version: Version) => string | null;

/**
 * What should be known of releases that a move brings in and that passed other rules than those in force. Only ever a
 * warning: a release was judged when it was staged, and a rollback must not wait for the rules of the day.
 */
export function rulesChangedWarnings(
  changes: readonly PointerChange[],
  stagedUnder: StagedUnder,
  inForce: string,
): readonly Blocker[] {
  return changes.flatMap(({ package: id, toVersion }) => {
    const digest = toVersion === null ? null : stagedUnder(id, toVersion);
    if (toVersion === null || digest === null || digest === inForce) return [];
    return [
      {
        code: 'RULES_CHANGED_SINCE_STAGING',
        packageId: id,
        message: `${id} ${toVersion} was staged under other rules than those in force now.`,
        unblock:
          `Start a draft from ${toVersion}: its validation shows what the rules of today find. ` +
          'Where that matters, commit and stage it under a new version.',
      },
    ];
  });
}
