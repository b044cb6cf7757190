import { isOnFirstParentLine } from '../first-parent-line';
import { type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';
import { eventAt, groundInForce, MAX_LOOK_BACK, type PublishedLog } from './own-commit';

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
  if (
    tip === null ||
    (await isOnFirstParentLine(repository.objects, { tip: commit, wanted: tip, most: MAX_LOOK_BACK }))
  ) {
    await repository.refs.compareAndSet(MAIN_REF, tip, commit);
  }
}
