import { BadUserInput, type Position, type RecordedEvent } from '../../domain';
import { type EventLog, parsePosition, UnknownPosition } from '../../eventstore';

/** One end of a part of the log: a position or a moment (ISO 8601, as events spell it); null, null: the log's own end. */
export interface Bound {
  readonly position: Position | null;
  readonly moment: string | null;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a bound as people give it. A day alone means its first moment for `from` and its last for `until`, in UTC.
 * @throws BadUserInput for a moment that is none, UnknownPosition for a position that is not one of this log.
 */
export async function readBound(log: EventLog, text: string | undefined, field: 'from' | 'until'): Promise<Bound> {
  if (text === undefined) return { position: null, moment: null };
  if (DAY.test(text) || MOMENT.test(text)) {
    const at = new Date(DAY.test(text) && field === 'until' ? `${text}T23:59:59.999Z` : text);
    if (Number.isNaN(at.getTime())) throw new BadUserInput(field, `${text} is no moment.`);
    return { position: null, moment: at.toISOString() };
  }
  parsePosition(log.logId, text);
  const head = await log.head();
  if (head === null || text > head) throw new UnknownPosition(text);
  return { position: text, moment: null };
}

/** Whether a part that begins at the bound has begun with this event. */
export function hasBegun({ position, moment }: Bound, event: RecordedEvent): boolean {
  if (position !== null) return event.position >= position;
  return moment === null || event.metadata.occurredAt >= moment;
}

/** Whether a part that ends at the bound holds this event or a later one. */
export function reaches({ position, moment }: Bound, event: RecordedEvent): boolean {
  if (position !== null) return event.position <= position;
  return moment === null || event.metadata.occurredAt <= moment;
}
