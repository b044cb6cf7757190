import { type Adopted, BadUserInput } from '../../domain';
import { type DraftCommitFacts, renderDraftCommit } from '../commit-form/render-draft-commit';
import { secondsOf, signatureOf } from '../commit-form/signature';
import { UnsafeTreeEntry, UnsupportedTreeEntry } from '../errors';
import { type GitObjects, type GitRepository, keepingRef, type ObjectId } from '../git-repository';
import { makeRef } from '../make-ref';
import { entryAt } from '../trees/entry-at';
import { withEntry } from '../trees/with-entry';
import { type Draft, type LastCommit } from './draft';

/**
 * Writes the commit of a draft and the ref that keeps it: the base commit's tree plus exactly one release directory, on
 * top of the draft's last commit, else its base commit. The draft's branch does not move: that follows from `Committed`.
 *
 * @returns the commit's id, and the tree id of its release directory.
 * @throws BadUserInput (`draft`) when there is no file to release, or something that is no release of ours has its place.
 */
export async function commitDraftContent(
  { objects, refs }: GitRepository,
  input: {
    readonly draft: Pick<Draft, 'baseCommit'>;
    readonly lastCommit: LastCommit;
    /** The release directory, relative to the repository root. */
    readonly releasePath: string;
    /** Tree of the release directory, already written. */
    readonly tree: ObjectId;
    readonly facts: DraftCommitFacts;
    /** ISO 8601, UTC. */
    readonly occurredAt: string;
    readonly serviceIdentity: Adopted['data']['serviceIdentity'];
  },
): Promise<{ readonly commit: ObjectId; readonly tree: ObjectId }> {
  const { draft, lastCommit, releasePath, tree, facts, occurredAt, serviceIdentity } = input;
  if ((await objects.readTree(tree)).length === 0) {
    throw new BadUserInput('draft', 'it holds no file, and a release needs one. Save a file first.');
  }
  const base = await objects.readCommit(draft.baseCommit);
  const commit = await objects.writeCommit({
    tree: await withRelease(objects, base.tree, releasePath, tree),
    parents: [lastCommit?.commit ?? draft.baseCommit],
    author: signatureOf(facts.actor, occurredAt),
    committer: { ...serviceIdentity, seconds: secondsOf(occurredAt) },
    message: renderDraftCommit(facts),
  });
  await makeRef(refs, keepingRef(commit), commit);
  return { commit, tree };
}

/** Refused here, before any event says so: what stands on `main` outside of releases is never replaced. */
async function withRelease(objects: GitObjects, base: ObjectId, path: string, tree: ObjectId): Promise<ObjectId> {
  if ((await entryAt(objects, base, path)) !== null) {
    throw new BadUserInput('draft', `${path} exists already and is not a release. Give another version.`);
  }
  try {
    return await withEntry(objects, base, path, { mode: '040000', oid: tree });
  } catch (error) {
    if (!(error instanceof UnsupportedTreeEntry || error instanceof UnsafeTreeEntry)) throw error;
    throw new BadUserInput('draft', `${path} has no place in the repository: ${error.message}`);
  }
}
