import { type Actor, type DomainEvent, type EventEnvelope, type Position } from '../../domain';
import {
  adoptionEventId,
  AppendTooLarge,
  digestOf,
  EMPTY_STREAM,
  type EventStore,
  headAfter,
  sealEvents,
  type StreamHead,
  WrongExpectedRevision,
} from '../../eventstore';
import { type Clock, type Ids } from '../ports';
import { tooLarge } from '../streams/store-access';

/** Who resolves a drift, and in which request. */
export interface Resolver {
  readonly actor: Actor;
  readonly correlationId: string;
}

/**
 * Appends events to a stream on the condition that it holds nothing after `seen`: what was decided from the log up to there still holds.
 *
 * @param seen null where the log was empty.
 * @param adopting the commit that names the events of an adoption; null for random ids.
 * @returns false, and appends nothing, when somebody else was faster.
 * @throws BadUserInput for more than one append takes; StoreUnavailable, LogDamaged
 */
export async function appendDecided(
  { store, clock, ids }: { readonly store: EventStore; readonly clock: Clock; readonly ids: Ids },
  input: {
    readonly stream: string;
    readonly seen: Position | null;
    readonly events: readonly DomainEvent[];
    readonly by: Resolver;
    readonly adopting: string | null;
    /** What the command was, for its digest. */
    readonly command: object;
  },
): Promise<boolean> {
  const { stream, seen, events, by, adopting, command } = input;
  let last: EventEnvelope | null = null;
  for await (const event of store.readStream(stream, { latest: true })) {
    if (seen === null || event.position > seen) return false;
    last = event;
  }
  const head: StreamHead = last === null ? EMPTY_STREAM : headAfter(last);
  const sealed = sealEvents({
    stream,
    head,
    events,
    context: {
      actor: by.actor,
      correlationId: by.correlationId,
      commandId: ids.uuid(),
      commandDigest: digestOf(command),
      now: clock.now(),
      newEventId: (index) =>
        adopting === null ? ids.uuid() : adoptionEventId(adopting, stream, head.revision + 1 + index),
    },
  });
  try {
    await store.append(stream, last === null ? 'no_stream' : last.revision, sealed);
    return true;
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return false;
    if (error instanceof AppendTooLarge) throw tooLarge(error);
    throw error;
  }
}
