import { type AllStreamRecordedEvent } from '@eventstore/db-client';
import { type NewRow } from '../sqlite/event-row';

/**
 * An event of the server as a row of the local copy. Somebody else may have written anything to one of our streams: it is
 * taken as it is, and whoever reads it in the copy meets it as damage.
 */
export function rowOfEvent(stream: string, event: AllStreamRecordedEvent): NewRow {
  const { type, id, revision, data, metadata } = event;
  return { stream, revision: Number(revision), type, eventId: id, data: textOf(data), metadata: textOf(metadata) };
}

function textOf(part: unknown): string {
  if (part === undefined || part === null) return '';
  if (typeof part === 'string') return part; // JSON that the client could not read
  return part instanceof Uint8Array ? Buffer.from(part).toString('utf8') : JSON.stringify(part);
}
