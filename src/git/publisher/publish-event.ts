import { type Committed, type Position, type RecordedEvent, type Tagged } from '../../domain';
import { writeEventCommit } from '../commit-form/materialise';
import { type AdoptionInForce } from '../commit-form/render';
import { renderTag, tagRef } from '../commit-form/render-tag';
import { RefConflict, RefHeld, RefUnavailable } from '../errors';
import { draftBranch, type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';
import { mainDrifted, tagDrifted } from './drift-advice';
import { type RecordedCommitMaking } from './commit-making';
import { type PublishStep } from './publisher';

/** Tells that a step of one event is done. */
type Step = (step: PublishStep) => Promise<void>;

/**
 * Puts the commit of an event on the tip of `main`.
 * @returns the new tip.
 * @throws Drift when `main` is not at `tip`.
 */
export async function publishCommit(
  { objects, refs }: GitRepository,
  at: {
    readonly event: RecordedCommitMaking;
    readonly adoption: AdoptionInForce;
    readonly tip: ObjectId;
    /** Up to where the log is published at `tip`. */
    readonly after: Position | null;
    /** Told of the new tip before `main` is moved there. */
    readonly announce: (next: ObjectId) => void;
  },
  step: Step,
): Promise<ObjectId> {
  const { event, adoption, tip, after } = at;
  const commit = await writeEventCommit(objects, { event, adoption, firstParent: tip });
  await step('objects written');
  at.announce(commit);
  try {
    await refs.compareAndSet(MAIN_REF, tip, commit);
  } catch (error) {
    if (!(error instanceof RefConflict)) throw error;
    // Somebody who has the same log came to the same commit.
    if (error.actual !== commit) {
      const what = `${MAIN_REF} is at ${error.actual ?? 'nothing'}, not at ${tip}.`;
      throw mainDrifted(what, { goOnFrom: tip, after });
    }
  }
  await step('ref moved');
  return commit;
}

/** Moves a draft's branch from the commit's parent to the commit; a branch that stands elsewhere, or is gone, is left alone. */
export async function publishDraftCommit(
  { objects, refs }: GitRepository,
  { data }: RecordedEvent<Committed>,
  step: Step,
): Promise<void> {
  const branch = draftBranch(data.draft);
  const [parent] = (await objects.readCommit(data.commit)).parents;
  if (parent === undefined || (await refs.read(branch)) !== parent) return;
  try {
    await refs.compareAndSet(branch, parent, data.commit);
  } catch (error) {
    if (error instanceof RefConflict) return;
    throw error;
  }
  await step('ref moved');
}

/** Creates the tag of a `Tagged` event. @throws Drift when the name stands for something else, or another ref is in its way. */
export async function publishTag(
  { objects, refs }: GitRepository,
  event: RecordedEvent<Tagged>,
  step: Step,
): Promise<void> {
  const tag = await objects.writeTag(renderTag(event));
  await step('objects written');
  try {
    await refs.compareAndSet(tagRef(event.data.tag), null, tag);
  } catch (error) {
    const { tag: name } = event.data;
    if (error instanceof RefUnavailable && !(error instanceof RefHeld)) {
      throw tagDrifted(`The tag ${name} of a release cannot be made. ${error.message}`, { cause: error });
    }
    if (!(error instanceof RefConflict)) throw error;
    if (error.actual !== tag) {
      const what = `The tag ${name} is ${error.actual ?? 'gone'}, not the one that its event makes.`;
      throw tagDrifted(what, { cause: error });
    }
  }
  await step('ref moved');
}
