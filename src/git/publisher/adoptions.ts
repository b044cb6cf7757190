import { type Adopted, type Position, type RecordedEvent, REPOSITORY_STREAM } from '../../domain';
import { type EventLog } from '../../eventstore';
import { Drift } from '../errors';
import { COMMIT_MAKING } from './commit-making';

type Log = Pick<EventLog, 'readStream' | 'readAll'>;

/** An adoption and after which event of the log it is the ground of what follows; null: from the beginning. */
export interface AdoptionGround {
  readonly adoption: RecordedEvent<Adopted>;
  readonly after: Position | null;
}

/** All adoptions of a log, oldest first, as they say. @throws LogDamaged, StoreUnavailable */
export async function adoptionsOf(log: Pick<EventLog, 'readStream'>): Promise<readonly RecordedEvent<Adopted>[]> {
  const adoptions: RecordedEvent<Adopted>[] = [];
  for await (const event of log.readStream(REPOSITORY_STREAM)) {
    if (event.type === 'Adopted') adoptions.push(event);
  }
  return adoptions;
}

/** All adoptions of a log, oldest first, and where each begins. @throws Drift when one names an event that is not in the log. */
export async function groundsOf(log: Log): Promise<readonly AdoptionGround[]> {
  const adoptions = await adoptionsOf(log);
  const grounds: AdoptionGround[] = [];
  for (const adoption of adoptions) grounds.push(await groundFrom(adoption, adoptions, log));
  return grounds;
}

/**
 * An adoption, and after what it begins to publish: the last event whose commit it took over; its own place when it is the first.
 * @throws Drift when it names an event that is not in the log.
 */
export async function groundFrom(
  adoption: RecordedEvent<Adopted>,
  adoptions: readonly RecordedEvent<Adopted>[],
  log: Pick<EventLog, 'readAll'>,
): Promise<AdoptionGround> {
  const { previousEventId } = adoption.data;
  if (previousEventId === null) return { adoption, after: adoption === adoptions[0] ? adoption.position : null };
  const after = await positionOfCommit(previousEventId, log);
  if (after !== null) return { adoption, after };
  throw new Drift(`The adoption names event ${previousEventId}, which is not in the log.`);
}

/** The position of an event that makes a commit; null when the log does not hold it. */
export async function positionOfCommit(eventId: string, log: Pick<EventLog, 'readAll'>): Promise<Position | null> {
  for await (const event of log.readAll({ types: COMMIT_MAKING })) {
    if (event.metadata.eventId === eventId) return event.position;
  }
  return null;
}

/** The adoptions that commits were made under: one that took nothing over replaces those before it. */
export function adoptionsInForce(adoptions: readonly RecordedEvent<Adopted>[]): readonly RecordedEvent<Adopted>[] {
  const from = adoptions.findLastIndex(({ data }) => data.previousEventId === null);
  return adoptions.slice(Math.max(from, 0));
}

/** The adoption that seals what was adopted at a position; the last one where none does. */
export function sealingAdoption(
  adoptions: readonly RecordedEvent<Adopted>[],
  position: Position,
): RecordedEvent<Adopted> | undefined {
  return adoptions.find((adoption) => adoption.position > position) ?? adoptions.at(-1);
}

/** The place in the list of the adoption that an event at a position is rendered on: the last that begins before it; -1 for none. */
export function groundAt(grounds: readonly Pick<AdoptionGround, 'after'>[], position: Position): number {
  return grounds.findLastIndex(({ after }) => after === null || after < position);
}
