import { type EventEnvelope } from '../domain';
import { digestOf } from './digest';
import { EMPTY_STREAM, headAfter, type StreamHead } from './seal';

/**
 * Says what is wrong with an event that should follow `previous` in its stream (null: that should begin it); null when
 * nothing is. Covers the place, the link to the previous event, the order in time and the event's own hash. An event
 * must be checked as it was stored, before upcasting.
 */
export function verifyChain(previous: EventEnvelope | null, event: EventEnvelope): string | null {
  if (previous !== null && event.stream !== previous.stream) {
    return `${event.stream}@${event.revision} does not belong to ${previous.stream}.`;
  }
  return chainFault(previous === null ? EMPTY_STREAM : headAfter(previous), event);
}

/** {@link verifyChain} for whoever keeps only the head of a stream. */
export function chainFault(head: StreamHead, event: EventEnvelope): string | null {
  const place = `${event.stream}@${event.revision}`;
  const expected = head.revision + 1;
  if (event.revision !== expected) return `${place} stands where revision ${expected} should be.`;
  if (event.metadata.previousHash !== head.hash) return `${place} does not name the hash of the event before it.`;
  if (head.occurredAt !== null && event.metadata.occurredAt < head.occurredAt) {
    return `${place} occurred before the event that it follows.`;
  }
  if (hashOf(event) !== event.metadata.hash) return `${place} does not have the hash that it was sealed with.`;
  return null;
}

function hashOf(event: EventEnvelope): string {
  const { stream, revision, type, data } = event;
  const { hash: _sealed, ...metadata } = event.metadata;
  return digestOf({ stream, revision, type, data, metadata });
}
