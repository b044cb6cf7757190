import { BadUserInput, type DomainEvent, type EventEnvelope, type RecordedEvent, Unavailable } from '../../domain';
import {
  AppendTooLarge,
  type EventStore,
  expectedBefore,
  LogDamaged,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../../eventstore';

/**
 * Appends an envelope in the place it was sealed for. Null on a conflict. An unknown outcome is resolved by reading the
 * stream, never by sealing anew.
 *
 * @throws BadUserInput for an event that no store takes; Unavailable when even reading does not tell the outcome, or the log is damaged.
 */
export async function appendOnce<E extends DomainEvent>(
  store: EventStore,
  envelope: EventEnvelope<E>,
): Promise<RecordedEvent<E> | null> {
  const { stream, revision, metadata } = envelope;
  try {
    const { position } = await store.append(stream, expectedBefore(revision), [envelope]);
    return { ...envelope, position };
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return null;
    if (error instanceof AppendTooLarge) throw tooLarge(error);
    if (error instanceof LogDamaged) throw damaged(error.message, error);
    if (!(error instanceof StoreUnavailable)) throw error;
    for await (const event of readAvailable(store, stream, revision, 1)) {
      // Our own envelope, read back; or the place is taken by another, and ours can never be stored.
      return event.metadata.eventId === metadata.eventId ? (event as RecordedEvent<E>) : null;
    }
    throw unavailable('written', error);
  }
}

/** Reads a stream as of now, whoever wrote to it. @throws Unavailable when the store cannot be read, or holds what nobody can read. */
export async function* readAvailable(
  store: EventStore,
  stream: string,
  fromRevision: number,
  limit?: number,
): AsyncIterable<RecordedEvent> {
  try {
    yield* store.readStream(stream, { fromRevision, latest: true, ...(limit === undefined ? {} : { limit }) });
  } catch (error) {
    if (error instanceof StoreUnavailable) throw unavailable('read', error);
    if (error instanceof LogDamaged) throw damaged(error.message, error);
    throw error;
  }
}

/** The answer to whoever needs a decision on a stream that is not what was written. */
export function damaged(what: string, cause?: LogDamaged): Unavailable {
  return new Unavailable(`The event log is damaged: ${what} Restore it from a backup.`, {}, { cause });
}

/** Promises nothing about the outcome: only an idempotency key makes trying again safe. */
function unavailable(done: 'read' | 'written', cause: StoreUnavailable): Unavailable {
  // The words of a store hold neither a password nor a connection string.
  const reason = cause.message.replace(/( Try again)?\.$/, '');
  return new Unavailable(`The event log cannot be ${done} right now (${reason}). Try again.`, {}, { cause });
}

/** The answer to whoever asked for more than one append takes. */
export function tooLarge({ bytes, limit }: AppendTooLarge): BadUserInput {
  const message = `makes events of ${String(bytes)} bytes; at most ${String(limit)} are allowed. Do it in smaller parts.`;
  return new BadUserInput('input', message, { bytes, limit });
}
