import { type Version } from '../version';
import { type PackageState, type Release } from './package.state';

/** What a draft builds on: a version, null for a package that does not exist yet, and the content it had. */
export interface DraftBase {
  readonly baseVersion: Version | null;
  /** Git tree id of the release directory. */
  readonly baseTree: string;
}

/**
 * The release a draft builds on: the one it started from, until a release of its own is locked by staging and the draft
 * goes on with newer edits; from then on that one, which its content holds.
 */
export function baseOfDraft(state: PackageState, draft: DraftBase & { readonly id: string }): DraftBase {
  const last = state.releases.get(state.lastOfDraft.get(draft.id)?.version ?? '');
  // What was committed after a staging says itself what it builds on.
  const base = last?.status === 'committed' ? state.releases.get(last.baseVersion ?? '') : last;
  return base !== undefined && isStagedFrom(draft.id, base)
    ? { baseVersion: base.version, baseTree: base.tree }
    : { baseVersion: draft.baseVersion, baseTree: draft.baseTree };
}

function isStagedFrom(draft: string, release: Release): boolean {
  return release.status === 'staged' && release.draft === draft;
}
