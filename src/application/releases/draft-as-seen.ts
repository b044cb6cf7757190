import { type Actor, DraftConflict, type PackageState, splitPackageId } from '../../domain';
import { type Draft, type DraftRepository, type GitRepository, kindLayout } from '../../git';
import { type ValidationEngine } from '../../validation';
import { type RequireAdopted } from '../adoption/require-adopted';
import { type CommitDraftInput } from '../application';
import { type Clock } from '../ports';
import { differInVersionOnly } from './differ-in-version-only';

interface Dependencies {
  readonly repository: GitRepository;
  readonly drafts: DraftRepository;
  readonly validation: ValidationEngine;
  readonly requireAdopted: RequireAdopted;
  readonly clock: Clock;
}

/**
 * The draft to commit, when it is what the caller saw.
 * @throws DraftNotFound; DraftConflict when it is not, with the files that differ.
 */
export async function draftAsSeen(
  dependencies: Dependencies,
  state: PackageState,
  { draft: id, expectedHead = null }: CommitDraftInput,
  actor: Actor,
): Promise<Draft> {
  const { drafts, clock } = dependencies;
  const lastCommit = state.lastOfDraft.get(id) ?? null;
  try {
    // Saves nothing: it is here for its checks, which name the files of a conflict.
    return await drafts.save({ draft: id, expectedHead, changes: [], lastCommit, actor, now: clock.now() });
  } catch (error) {
    const comparable = error instanceof DraftConflict && Array.isArray(error.data.paths) && error.data.paths.length > 0;
    if (!comparable || expectedHead === null) throw error;
    const draft = await drafts.get(id);
    if (draft === null || !(await leftByCommit(dependencies, draft, expectedHead))) throw error;
    return draft;
  }
}

/** Whether a commit that broke off left the draft so: with the manifest's version written, which it does first. */
async function leftByCommit(
  { repository: { objects }, validation, requireAdopted }: Dependencies,
  draft: Draft,
  seen: string,
): Promise<boolean> {
  const { layout } = await requireAdopted();
  const manifest = kindLayout(layout, splitPackageId(draft.package, layout.defaultKind).kind)?.manifest ?? null;
  const { tree } = await objects.readCommit(seen);
  return (
    manifest !== null && differInVersionOnly({ objects, validation }, manifest, { before: tree, after: draft.tree })
  );
}
