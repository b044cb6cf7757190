import { type Adopted, type Position, type RecordedEvent, REPOSITORY_STREAM } from '../../domain';
import { type EventStore } from '../../eventstore';
import { writeEventCommit } from '../commit-form/materialise';
import { type NamedEvent, namedEvent } from '../commit-form/trailers';
import { Drift, ObjectMissing } from '../errors';
import { type CommitObject, type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';
import { COMMIT_MAKING, isCommitMaking, type RecordedCommitMaking } from './commit-making';

type Log = Pick<EventStore, 'readStream' | 'readAll'>;

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
 * @returns null before an adoption.
 * @throws Drift when the tip is missing, unreadable or not one that the log predicts.
 */
export async function findCheckpoint({ objects, refs }: GitRepository, log: Log): Promise<Checkpoint | null> {
  const adoption = await lastAdoption(log);
  if (adoption === null) return null;
  const start = await startOf(adoption, log);

  const tip = await refs.read(MAIN_REF);
  if (tip === null) throw new Drift(`${MAIN_REF} is missing.`);
  if (tip === adoption.data.commit) return { adoption, tip, event: null, after: start };

  const event = await eventOf(tip, await readTip(objects, tip), log);
  const [firstParent] = (await objects.readCommit(tip)).parents;
  if (start !== null && event.position <= start) {
    throw new Drift(`${MAIN_REF} is at ${tip}, which stands before the adopted commit ${adoption.data.commit}.`);
  }
  if (
    firstParent === undefined ||
    (await writeEventCommit(objects, { event, adoption: adoption.data, firstParent })) !== tip
  ) {
    throw new Drift(`${tip} names event ${event.metadata.eventId} but is not the commit that this event makes.`);
  }
  return { adoption, tip, event, after: event.position };
}

async function lastAdoption(log: Log): Promise<RecordedEvent<Adopted> | null> {
  let last: RecordedEvent<Adopted> | null = null;
  for await (const event of log.readStream(REPOSITORY_STREAM)) {
    if (event.type === 'Adopted') last = event;
  }
  return last;
}

/** After what an adoption begins to publish: the last event whose commit it took over, its own place when it is the first. */
async function startOf({ data, revision, position }: RecordedEvent<Adopted>, log: Log): Promise<Position | null> {
  if (data.previousEventId === null) return revision === 0 ? position : null;
  for await (const event of log.readAll({ types: COMMIT_MAKING })) {
    if (event.metadata.eventId === data.previousEventId) return event.position;
  }
  throw new Drift(`The adoption names event ${data.previousEventId}, which is not in the log.`);
}

async function readTip(objects: GitRepository['objects'], tip: ObjectId): Promise<CommitObject> {
  try {
    return await objects.readCommit(tip);
  } catch (error) {
    if (error instanceof ObjectMissing) throw new Drift(`${MAIN_REF} is at ${tip}, which cannot be read.`);
    throw error;
  }
}

async function eventOf(tip: ObjectId, { message }: CommitObject, log: Log): Promise<RecordedCommitMaking> {
  const named = namedEvent(message);
  if (named === null) throw new Drift(`${MAIN_REF} is at ${tip}, a commit that no event of the log has made.`);
  const event = await recorded(named, log);
  if (event === null) {
    throw new Drift(
      `${tip} names event ${named.eventId} at ${named.stream}@${named.revision}, which the log does not hold.`,
    );
  }
  return event;
}

async function recorded(named: NamedEvent, log: Log): Promise<RecordedCommitMaking | null> {
  for await (const event of log.readStream(named.stream, { fromRevision: named.revision, limit: 1 })) {
    return isCommitMaking(event) && event.metadata.eventId === named.eventId ? event : null;
  }
  return null;
}
