import { type ReleaseAnswer } from '../../application';
import { type ChangeType as DomainChangeType, draftBranchName } from '../../domain';
import { type ReleaseRow } from '../../projections';
import { type ChangeType } from '../types/enums';
import { type Release } from '../types/release.type';

/** A release as the read model knows it. */
export function toRelease(row: ReleaseRow): Release {
  const { package: packageId, changeType, retiredBy, ...facts } = row;
  return { ...facts, packageId, changeType: toChangeType(changeType), retiringMove: retiredBy };
}

/** A release right after a command, from the answer of the command. */
export function toReleaseAfterCommand({ packageId, release, state }: ReleaseAnswer): Release {
  const staged = release.status === 'staged' ? release : null;
  return {
    id: `${packageId}@${release.version}`,
    packageId,
    version: release.version,
    state,
    adopted: release.status === 'adopted' || staged?.adopted === true,
    changeType: toChangeType(release.changeType),
    baseVersion: release.baseVersion,
    message: release.message,
    commit: release.commit,
    tree: release.tree,
    branch: release.draft === null ? null : draftBranchName(release.draft),
    committedBy: release.committedBy,
    committedAt: release.committedAt,
    stagedBy: staged?.stagedBy ?? null,
    stagedAt: staged?.stagedAt ?? null,
    tag: release.tag,
  };
}

export const CHANGE_TYPES: Readonly<Record<DomainChangeType, ChangeType>> = {
  major: 'MAJOR',
  minor: 'MINOR',
  patch: 'PATCH',
};

function toChangeType(changeType: DomainChangeType | null): ChangeType | null {
  return changeType === null ? null : CHANGE_TYPES[changeType];
}
