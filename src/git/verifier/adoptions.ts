import { type Adopted, type Position, type RecordedEvent, REPOSITORY_STREAM } from '../../domain';
import { type EventLog } from '../../eventstore';

/** All adoptions of a log, in order. @throws LogDamaged, StoreUnavailable */
export async function adoptionsOf(log: Pick<EventLog, 'readStream'>): Promise<readonly RecordedEvent<Adopted>[]> {
  const adoptions: RecordedEvent<Adopted>[] = [];
  for await (const event of log.readStream(REPOSITORY_STREAM)) {
    if (event.type === 'Adopted') adoptions.push(event);
  }
  return adoptions;
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
