import { unlessMissing } from '../errors';
import { type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';
import { eventAt, groundInForce, MAX_LOOK_BACK, type PublishedLog } from '../publisher/own-commit';

/**
 * Places `main` where this node can publish from what another node adopted: at the adopted commit in force, where `main` is missing or
 * stands on the way there. The publisher makes the rest. Does nothing before an adoption.
 *
 * @param bring resolves when the adopted commit is here, with all below it.
 * @throws ContentAwaited; RefConflict when somebody else places `main`.
 */
export async function joinLog(
  repository: GitRepository,
  log: PublishedLog,
  bring: (adopted: ObjectId) => Promise<void>,
): Promise<void> {
  const ground = await groundInForce(repository, log);
  if (ground === null) return;
  const { commit } = ground.adoption.data;
  const tip = await repository.refs.read(MAIN_REF);
  if (tip === commit || (tip !== null && typeof (await eventAt(tip, ground)) !== 'string')) return;
  await bring(commit);
  if (tip === null || (await isBelow(repository, commit, tip))) {
    await repository.refs.compareAndSet(MAIN_REF, tip, commit);
  }
}

/** Whether a commit is on the first-parent line of another, and near. */
async function isBelow({ objects }: GitRepository, tip: ObjectId, wanted: ObjectId): Promise<boolean> {
  let commit: ObjectId | undefined = tip;
  for (let steps = 0; commit !== undefined && steps < MAX_LOOK_BACK; steps++) {
    if (commit === wanted) return true;
    commit = (await unlessMissing(objects.readCommit(commit)))?.parents[0];
  }
  return false;
}
