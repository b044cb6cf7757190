import { type RecordedEvent } from '../../domain';
import {
  CommitIds,
  type CommitObject,
  type GitReading,
  type AdoptionGround,
  MAIN_REF,
  namedEvent,
  type ObjectId,
} from '../../git';

/** The commits on `main` that may be events of an export. */
export interface PublishedHistory {
  /** The commit of the event that was asked for; null when it is not published, or none was asked for. */
  readonly commitBefore: ObjectId | null;
  /** For each adoption the commits above it up to the next, oldest first; foreign ones among them. */
  readonly segments: readonly Pick<CommitIds, 'at'>[];
}

/**
 * Walks first parents from the tip of `main` down to the commit of `before`, or to the first adopted commit.
 * @throws ObjectMissing, RefUnreadable
 */
export async function readPublishedHistory(
  { objects, refs }: GitReading,
  grounds: readonly AdoptionGround[],
  before: RecordedEvent | null,
): Promise<PublishedHistory> {
  const segments = grounds.map(() => new CommitIds());
  const adopted = grounds.map(({ adoption }) => adoption.data.commit);
  let current = grounds.length - 1;
  let commitBefore: ObjectId | null = null;
  let above = new CommitIds();
  for (let commit = await refs.read(MAIN_REF); commit !== null && commitBefore === null;) {
    const ground = adopted.lastIndexOf(commit);
    if (ground >= 0) {
      segments[ground] = above.reversed();
      above = new CommitIds();
      // An adoption that took over the same commit again leaves nothing to the one before it.
      current = adopted.indexOf(commit) - 1;
      if (current < 0) break;
    }
    const { message, parents }: CommitObject = await objects.readCommit(commit);
    if (before !== null && namedEvent(message)?.eventId === before.metadata.eventId) commitBefore = commit;
    else above.push(commit);
    commit = parents[0] ?? null;
  }
  if (commitBefore !== null && current >= 0) segments[current] = above.reversed();
  return { commitBefore, segments };
}
