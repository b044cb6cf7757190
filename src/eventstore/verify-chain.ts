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
  return chainBreak(head, event)?.what ?? null;
}

/** Where an event does not continue its stream. */
export interface ChainBreak {
  /** One sentence that names the event. */
  readonly what: string;
  /** What should stand there: a revision, a hash, or a moment that is not undercut. */
  readonly expected: string;
  readonly found: string;
}

/** {@link chainFault} with what should stand there and what does. */
export function chainBreak(head: StreamHead, event: EventEnvelope): ChainBreak | null {
  const place = `${event.stream}@${event.revision}`;
  const { previousHash, occurredAt, hash: sealed } = event.metadata;
  const expected = head.revision + 1;
  if (event.revision !== expected) {
    const what = `${place} stands where revision ${expected} should be.`;
    return { what, expected: String(expected), found: String(event.revision) };
  }
  if (previousHash !== head.hash) {
    const what = `${place} does not name the hash of the event before it.`;
    return { what, expected: head.hash ?? 'none', found: previousHash ?? 'none' };
  }
  if (head.occurredAt !== null && occurredAt < head.occurredAt) {
    const what = `${place} occurred before the event that it follows.`;
    return { what, expected: head.occurredAt, found: occurredAt };
  }
  const hash = hashOf(event);
  if (hash === sealed) return null;
  return { what: `${place} does not have the hash that it was sealed with.`, expected: sealed, found: hash };
}

function hashOf(event: EventEnvelope): string {
  const { stream, revision, type, data } = event;
  const { hash: _sealed, ...metadata } = event.metadata;
  return digestOf({ stream, revision, type, data, metadata });
}
