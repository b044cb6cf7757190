import { type Adopted, type Position, type RecordedEvent, REPOSITORY_STREAM } from '../../domain';
import { type EventLog } from '../../eventstore';
import { startOf } from './find-checkpoint';

/** An adoption and after which event of the log it is the ground of what follows; null: from the beginning. */
export interface Ground {
  readonly adoption: RecordedEvent<Adopted>;
  readonly after: Position | null;
}

/** All adoptions of a log, oldest first. @throws Drift when one names an event that is not in the log. */
export async function adoptionsOf(log: Pick<EventLog, 'readStream' | 'readAll'>): Promise<readonly Ground[]> {
  const grounds: Ground[] = [];
  for await (const event of log.readStream(REPOSITORY_STREAM)) {
    if (event.type === 'Adopted') grounds.push({ adoption: event, after: await startOf(event, log) });
  }
  return grounds;
}

/** The place in the list of the adoption that an event at a position is rendered on: the last that begins before it; -1 for none. */
export function groundAt(grounds: readonly Pick<Ground, 'after'>[], position: Position): number {
  return grounds.findLastIndex(({ after }) => after === null || after < position);
}
