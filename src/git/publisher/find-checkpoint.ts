import { type Adopted, type Position, type RecordedEvent } from '../../domain';
import { type EventStore } from '../../eventstore';
import { writeEventCommit } from '../commit-form/materialise';
import { type NamedEvent, namedEvent } from '../commit-form/trailers';
import { Drift, ObjectMissing } from '../errors';
import { type CommitObject, type GitRepository, MAIN_REF, type ObjectId } from '../git-repository';
import { mainDrifted } from './drift-advice';
import { adoptionsOf } from './adoptions';
import { isCommitMaking, type RecordedCommitMaking } from './commit-making';

type Log = Pick<EventStore, 'readStream' | 'readAll'>;

/** Commits below a foreign tip that are looked at for one of ours. */
const MAX_LOOK_BACK = 1_000;

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
  const inForce = (await adoptionsOf(log)).at(-1);
  if (inForce === undefined) return null;
  const { adoption, after: start } = inForce;

  const tip = await refs.read(MAIN_REF);
  if (tip === null) throw mainDrifted(`${MAIN_REF} is missing.`, adoption.data.commit);
  if (tip === adoption.data.commit) return { adoption, tip, event: null, after: start };
  const found = await eventAt(tip, { objects, log, adoption, start });
  if (typeof found !== 'string') return { adoption, tip, event: found, after: found.position };
  throw mainDrifted(found, await lastOwnCommit(tip, { objects, log, adoption, start }));
}

interface Ground {
  readonly objects: GitRepository['objects'];
  readonly log: Log;
  readonly adoption: RecordedEvent<Adopted>;
  readonly start: Position | null;
}

/** The event that a commit is; what is wrong with the commit when it is not exactly the one its event makes. */
async function eventAt(commit: ObjectId, ground: Ground): Promise<RecordedCommitMaking | string> {
  const { objects, log, adoption, start } = ground;
  const read = await readOrNull(objects, commit);
  if (read === null) return `${MAIN_REF} is at ${commit}, which cannot be read.`;
  const named = namedEvent(read.message);
  if (named === null) return `${MAIN_REF} is at ${commit}, a commit that no event of the log has made.`;
  const { eventId, stream, revision } = named;
  const event = await recorded(named, log);
  if (event === null) {
    return `${commit} names event ${eventId} at ${stream}@${String(revision)}, which the log does not hold.`;
  }
  if (start !== null && event.position <= start) {
    return `${MAIN_REF} is at ${commit}, which stands before the adopted commit ${adoption.data.commit}.`;
  }
  const [firstParent] = read.parents;
  const own =
    firstParent !== undefined &&
    (await writeEventCommit(objects, { event, adoption: adoption.data, firstParent })) === commit;
  return own ? event : `${commit} names event ${eventId} but is not the commit that this event makes.`;
}

/** The newest commit below a foreign tip that publishing can go on from; at the least the adopted one. */
async function lastOwnCommit(tip: ObjectId, ground: Ground): Promise<ObjectId> {
  const adopted = ground.adoption.data.commit;
  let commit: ObjectId | undefined = tip;
  for (let steps = 0; commit !== undefined && commit !== adopted && steps < MAX_LOOK_BACK; steps++) {
    if (typeof (await eventAt(commit, ground)) !== 'string') return commit;
    commit = (await readOrNull(ground.objects, commit))?.parents[0];
  }
  return adopted;
}

async function readOrNull(objects: GitRepository['objects'], commit: ObjectId): Promise<CommitObject | null> {
  try {
    return await objects.readCommit(commit);
  } catch (error) {
    if (error instanceof ObjectMissing) return null;
    throw error;
  }
}

async function recorded(named: NamedEvent, log: Log): Promise<RecordedCommitMaking | null> {
  for await (const event of log.readStream(named.stream, { fromRevision: named.revision, limit: 1 })) {
    return isCommitMaking(event) && event.metadata.eventId === named.eventId ? event : null;
  }
  return null;
}
