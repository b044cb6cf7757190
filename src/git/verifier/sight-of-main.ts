import { type Adopted, type Position, type RecordedEvent } from '../../domain';
import { type EventLog } from '../../eventstore';
import { namedEvent } from '../commit-form/trailers';
import { type CommitObject, type GitObjects, type ObjectId } from '../git-repository';
import { positionOfCommit } from '../publisher/adoptions';
import { type RecordedCommitMaking } from '../publisher/commit-making';
import { eventNamed, MAX_LOOK_BACK } from '../publisher/own-commit';
import { placeOf, wordsOf } from './verification';

/** Where `main` stands in the log, as its commits say; whether they say the truth is what `commits` checks. */
export interface SightOfMain {
  /** Root tree of the tip. */
  readonly tree: ObjectId;
  /** The adoption in force. */
  readonly adoption: RecordedEvent<Adopted>;
  /** The event of the newest commit that names one of the log; null when it is the adopted commit. */
  readonly event: RecordedCommitMaking | null;
  /** Moves up to here are in what `main` holds; null when none is. */
  readonly upTo: Position | null;
}

/**
 * Finds where `main` stands.
 * @returns why it cannot be told.
 */
export async function findMainInLog(
  parts: {
    readonly objects: GitObjects;
    readonly log: EventLog;
    readonly adoptions: readonly RecordedEvent<Adopted>[];
  },
  tip: ObjectId | null,
): Promise<SightOfMain | string> {
  const { objects, log, adoptions } = parts;
  const adoption = adoptions.at(-1);
  if (adoption === undefined) return 'Nothing is adopted yet.';
  if (tip === null) return 'There is no branch main.';
  try {
    const { tree } = await objects.readCommit(tip);
    let commit: ObjectId | undefined = tip;
    for (let steps = 0; commit !== undefined && steps <= MAX_LOOK_BACK; steps += 1) {
      const { message, parents }: CommitObject = await objects.readCommit(commit);
      const named = namedEvent(message);
      const event = named === null ? null : await eventNamed(named, log);
      if (event !== null) return { tree, adoption, event, upTo: event.position };
      if (adoptions.some(({ data }) => data.commit === commit)) {
        return { tree, adoption, event: null, upTo: await positionOf(adoption.data.previousEventId, log) };
      }
      [commit] = parents;
    }
    return `main is at ${tip}, below which no commit of the log was found.`;
  } catch (error) {
    return `main is at ${tip}: ${wordsOf(error)}`;
  }
}

async function positionOf(eventId: string | null, log: EventLog): Promise<Position | null> {
  if (eventId === null) return null;
  const position = await positionOfCommit(eventId, log);
  if (position !== null) return position;
  throw new RangeError(`Event ${eventId}, which the adoption names, is not in the log.`);
}

/** Place of the event that `main` is at. */
export function placeOfMain({ event, adoption }: SightOfMain): string {
  return placeOf(event ?? adoption);
}
