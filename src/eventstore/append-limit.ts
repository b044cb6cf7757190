import { type EventEnvelope } from '../domain';

/**
 * At most this many bytes the events of one append may have together, in every store. A KurrentDB takes 1 MiB as it comes, and
 * counts the characters of a type twice.
 */
export const MAX_APPEND_BYTES = 1_000_000;

/** What an event adds to {@link MAX_APPEND_BYTES}. */
export function bytesOfEvent({ type, data, metadata }: EventEnvelope): number {
  return bytesOfTexts({ type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) });
}

/** The same, of an event whose data and metadata are JSON already. */
export function bytesOfTexts({ type, data, metadata }: Record<'type' | 'data' | 'metadata', string>): number {
  return Buffer.byteLength(type) + Buffer.byteLength(data) + Buffer.byteLength(metadata);
}
