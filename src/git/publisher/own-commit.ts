import { type EventStore } from '../../eventstore';
import { writeEventCommit } from '../commit-form/materialise';
import { type NamedEvent, namedEvent } from '../commit-form/trailers';
import { unlessMissing } from '../errors';
import { isOnFirstParentLine } from '../first-parent-line';
import { type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';
import { type AdoptionGround, adoptionsOf, groundFrom } from './adoptions';
import { isCommitMaking, type RecordedCommitMaking } from './commit-making';

/** What of the log the publisher and those who check it read. */
export type PublishedLog = Pick<EventStore, 'readStream' | 'readAll'>;

/** What a commit on `main` is judged by. */
export interface Ground extends AdoptionGround {
  readonly objects: GitRepository['objects'];
  readonly log: PublishedLog;
}

/** The ground of the adoption in force; null before an adoption. @throws Drift when the adoption names an unknown event. */
export async function groundInForce({ objects }: GitRepository, log: PublishedLog): Promise<Ground | null> {
  const all = await adoptionsOf(log);
  const adoption = all.at(-1);
  return adoption === undefined ? null : { objects, log, ...(await groundFrom(adoption, all, log)) };
}

/** The event that a commit is; what is wrong with the commit when it is not exactly the one its event makes. */
export async function eventAt(commit: ObjectId, ground: Ground): Promise<RecordedCommitMaking | string> {
  const { objects, log, adoption, after } = ground;
  const read = await unlessMissing(objects.readCommit(commit));
  if (read === null) return `${MAIN_REF} is at ${commit}, which cannot be read.`;
  const named = namedEvent(read.message);
  if (named === null) return `${MAIN_REF} is at ${commit}, a commit that no event of the log has made.`;
  const { eventId, stream, revision } = named;
  const event = await eventNamed(named, log);
  if (event === null) {
    return `${commit} names event ${eventId} at ${stream}@${String(revision)}, which the log does not hold.`;
  }
  if (after !== null && event.position <= after) {
    return `${MAIN_REF} is at ${commit}, which stands before the adopted commit ${adoption.data.commit}.`;
  }
  const [firstParent] = read.parents;
  const own =
    firstParent !== undefined &&
    (await writeEventCommit(objects, { event, adoption: adoption.data, firstParent })) === commit;
  if (!own) return `${commit} names event ${eventId} but is not the commit that this event makes.`;
  const wanted = adoption.data.commit;
  // What came after the adoption was published by who had read it. What it did not take over may have been published before.
  const mayBeBeside = event.position < adoption.position;
  if (mayBeBeside && !(await isOnFirstParentLine(objects, { tip: commit, wanted, most: LONGEST_LEAD }))) {
    return `${MAIN_REF} is at ${commit}, which stands beside the adopted commit ${wanted}.`;
  }
  return event;
}

/** A commit that publishing can go on from, and the event that it is; null for the adopted commit. */
export interface OwnCommit {
  readonly commit: ObjectId;
  readonly event: RecordedCommitMaking | null;
}

/** Commits of `main` that are walked down to a commit that it is to stand on. */
export const LONGEST_LEAD = 200_000;

/** Commits below a foreign tip that are looked at for one of ours. */
export const MAX_LOOK_BACK = 1_000;

/** The newest of our commits on the first-parent line of a tip, the adopted one included; null when none is near. */
export async function lastOwnCommit(tip: ObjectId, ground: Ground): Promise<OwnCommit | null> {
  let commit: ObjectId | undefined = tip;
  for (let steps = 0; commit !== undefined && steps < MAX_LOOK_BACK; steps++) {
    if (commit === ground.adoption.data.commit) return { commit, event: null };
    const event = await eventAt(commit, ground);
    if (typeof event !== 'string') return { commit, event };
    commit = (await unlessMissing(ground.objects.readCommit(commit)))?.parents[0];
  }
  return null;
}

/** The event that a commit names; null when the log holds none like it that makes a commit. */
export async function eventNamed(
  named: NamedEvent,
  log: Pick<PublishedLog, 'readStream'>,
): Promise<RecordedCommitMaking | null> {
  for await (const event of log.readStream(named.stream, { fromRevision: named.revision, limit: 1 })) {
    return isCommitMaking(event) && event.metadata.eventId === named.eventId ? event : null;
  }
  return null;
}
