import { type Adopted, type Position, type RecordedEvent } from '../../domain';
import { type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';
import { type RecordedCommitMaking } from './commit-making';
import { mainDrifted } from './drift-advice';
import { eventAt, type Ground, groundInForce, lastOwnCommit, type OwnCommit, type PublishedLog } from './own-commit';

/** Where publishing goes on. */
export interface Checkpoint {
  readonly adoption: RecordedEvent<Adopted>;
  /** Tip of `main`. */
  readonly tip: ObjectId;
  /** The event that the tip is; null when it is the adopted commit. */
  readonly event: RecordedCommitMaking | null;
  /** What comes after is to be published; null: from the beginning of the log. */
  readonly after: Position | null;
}

/**
 * The checkpoint is Git itself: the tip of `main` is the adopted commit, or names its event and is exactly the commit
 * that this event makes.
 *
 * @param lastPublished the commit that was published last, where that is known: what `main` has to go back to.
 * @returns null before an adoption.
 * @throws MainDrift when the tip is missing, unreadable or not one that the log predicts.
 */
export async function findCheckpoint(
  repository: GitRepository,
  log: PublishedLog,
  lastPublished: () => Promise<ObjectId | null> = () => Promise.resolve(null),
): Promise<Checkpoint | null> {
  const ground = await groundInForce(repository, log);
  if (ground === null) return null;
  const { adoption, after } = ground;

  const tip = await repository.refs.read(MAIN_REF);
  if (tip === adoption.data.commit) return { adoption, tip, event: null, after };
  const found = tip === null ? `${MAIN_REF} is missing.` : await eventAt(tip, ground);
  if (tip !== null && typeof found !== 'string') return { adoption, tip, event: found, after: found.position };
  const back = await lastGood(tip, await lastPublished(), ground);
  const what = typeof found === 'string' ? found : `${MAIN_REF} is missing.`;
  throw mainDrifted(what, { goOnFrom: back.commit, after: back.event?.position ?? after });
}

/** Where publishing can go on from: what was published last, else the newest of our commits below the tip, else the adopted one. */
async function lastGood(tip: ObjectId | null, published: ObjectId | null, ground: Ground): Promise<OwnCommit> {
  if (published !== null) {
    const event = await eventAt(published, ground);
    if (typeof event !== 'string') return { commit: published, event };
  }
  const below = tip === null ? null : await lastOwnCommit(tip, ground);
  return below ?? { commit: ground.adoption.data.commit, event: null };
}
