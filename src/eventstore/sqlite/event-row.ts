import { type EventEnvelope, type EventMetadata, type RecordedEvent } from '../../domain';
import { bytesOfTexts, MAX_APPEND_BYTES } from '../append-limit';
import { AppendTooLarge, InvalidAppend, LogDamaged } from '../errors';
import { RESERVED_STREAM } from '../event-store';
import { formatPosition } from '../position';

/** An event as the table `events` holds it. */
export interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly eventId: string;
  readonly data: string;
  readonly metadata: string;
}

/** An envelope ready to be inserted: serialised and measured. */
export type NewRow = Omit<EventRow, 'position'>;

/**
 * Rows for envelopes that are appended together behind `last`, the revision that the stream is expected to have.
 *
 * @throws AppendTooLarge, InvalidAppend
 */
export function toRows(stream: string, last: number, events: readonly EventEnvelope[]): NewRow[] {
  if (stream === RESERVED_STREAM) throw new InvalidAppend(stream, 'no stream can have this name.');
  if (events.length === 0) throw new InvalidAppend(stream, 'there is no event.');
  if (new Set(events.map((event) => event.metadata.eventId)).size < events.length) {
    throw new InvalidAppend(stream, 'two of its events have one id.');
  }
  const rows = events.map((event, index) => {
    const revision = last + 1 + index;
    if (event.stream !== stream || event.revision !== revision) {
      throw new InvalidAppend(
        stream,
        `${event.stream}@${event.revision} stands where ${stream}@${revision} should be.`,
      );
    }
    return toRow(event);
  });
  const bytes = rows.reduce((sum, row) => sum + bytesOfTexts(row), 0);
  if (bytes > MAX_APPEND_BYTES) throw new AppendTooLarge(stream, bytes, MAX_APPEND_BYTES);
  return rows;
}

function toRow(event: EventEnvelope): NewRow {
  const { stream, revision, type } = event;
  const data = JSON.stringify(event.data);
  const metadata = JSON.stringify(event.metadata);
  return { stream, revision, type, eventId: event.metadata.eventId, data, metadata };
}

/** @throws LogDamaged when the row does not hold what was written. */
export function toEvent(logId: string, row: EventRow): RecordedEvent {
  const { stream, revision, type } = row;
  const place = `${stream}@${revision}`;
  const data = parseObject(row.data, place);
  const metadata = parseObject(row.metadata, place) as EventMetadata;
  // A retry is found by the column, everything else goes by the metadata, which the hash covers.
  if (metadata.eventId !== row.eventId) throw new LogDamaged(`Event ${place} is kept under an id that is not its own.`);
  const position = formatPosition(logId, BigInt(row.position));
  // Only sealed envelopes are ever inserted: type and data belong together because they did then.
  return { stream, revision, type, data, metadata, position } as RecordedEvent;
}

function parseObject(text: string, place: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LogDamaged(`Event ${place} is not readable.`, { cause: error });
  }
  if (typeof value !== 'object' || value === null) throw new LogDamaged(`Event ${place} is not readable.`);
  return value;
}
