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
  const grounds: AdoptionGround[] = [];
  for (const adoption of await adoptionsOf(log)) {
    grounds.push({ adoption, after: await startOf(adoption, { isFirst: grounds.length === 0, log }) });
  }
  return grounds;
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

/** After what an adoption begins to publish: the last event whose commit it took over; its own place when it is the first. @throws Drift */
export async function startOf(
  { data, position }: RecordedEvent<Adopted>,
  { isFirst, log }: { readonly isFirst: boolean; readonly log: Log },
): Promise<Position | null> {
  if (data.previousEventId === null) return isFirst ? position : null;
  for await (const event of log.readAll({ types: COMMIT_MAKING })) {
    if (event.metadata.eventId === data.previousEventId) return event.position;
  }
  throw new Drift(`The adoption names event ${data.previousEventId}, which is not in the log.`);
}
