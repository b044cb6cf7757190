import { type Actor, type DomainEvent, type EventEnvelope, type EventMetadata } from '../domain';
import { digestOf } from './digest';

/** Shape of `data` that this version of Slipway writes. */
export const SCHEMA_VERSION = 1;

/** Where a stream stands: its last event, or {@link EMPTY_STREAM}. */
export interface StreamHead {
  /** -1 before the first event. */
  readonly revision: number;
  readonly hash: string | null;
  readonly occurredAt: string | null;
}

export const EMPTY_STREAM: StreamHead = { revision: -1, hash: null, occurredAt: null };

/** What all events of one command share. */
export interface SealContext {
  readonly actor: Actor;
  readonly commandId: string;
  readonly commandDigest: string;
  readonly correlationId: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly now: string;
  /** Id of the event at this index of `events`. */
  readonly newEventId: (index: number) => string;
}

/**
 * Puts events in their places behind a stream's head and links them into its hash chain. An event never occurs before
 * the one it follows: a clock that went back is raised to it.
 */
export function sealEvents(input: {
  readonly stream: string;
  readonly head: StreamHead;
  readonly events: readonly DomainEvent[];
  readonly context: SealContext;
}): EventEnvelope[] {
  const { stream, context } = input;
  let head = input.head;
  return input.events.map((event, index) => {
    const revision = head.revision + 1;
    const unsealed = metadataBehind(head, context, index);
    const hash = digestOf({ stream, revision, type: event.type, data: event.data, metadata: unsealed });
    const metadata: EventMetadata = { ...unsealed, hash };
    head = { revision, hash, occurredAt: metadata.occurredAt };
    // The pair of type and data is the event's own; the compiler loses the pairing when it is spread over the union.
    return { stream, revision, type: event.type, data: event.data, metadata } as EventEnvelope;
  });
}

function metadataBehind(head: StreamHead, context: SealContext, index: number): Omit<EventMetadata, 'hash'> {
  const { actor, commandId, commandDigest, correlationId, now } = context;
  return {
    eventId: context.newEventId(index),
    occurredAt: head.occurredAt !== null && head.occurredAt > now ? head.occurredAt : now,
    // Only these two: whatever else the caller's actor carries must not be stored.
    actor: { id: actor.id, name: actor.name },
    commandId,
    commandDigest,
    correlationId,
    schemaVersion: SCHEMA_VERSION,
    previousHash: head.hash,
  };
}

/** The head of a stream whose last event is `event`. */
export function headAfter(event: EventEnvelope): StreamHead {
  return { revision: event.revision, hash: event.metadata.hash, occurredAt: event.metadata.occurredAt };
}
