import { setTimeout as pause } from 'node:timers/promises';
import { type EventEnvelope } from '../../../src/domain';
import { type EventStore, StoreUnavailable, WrongExpectedRevision } from '../../../src/eventstore';
import { sealed, tagged } from '../../eventstore/sealed-events';

/** What writers were told, and found out themselves. */
export interface Told {
  /** Ids of the events of each stream that were acknowledged, in order. */
  readonly acknowledged: ReadonlyMap<string, readonly string[]>;
  /** Appends that ended as StoreUnavailable; those of them that were stored nevertheless. */
  readonly failed: number;
  readonly storedThoughFailed: number;
  /** Milliseconds that the longest append took. */
  readonly longestMs: number;
  /** When each append was acknowledged, as of Date.now(). */
  readonly times: readonly number[];
}

/**
 * Writers with a stream each, that append one event after another until `signal` aborts. One whose append failed does what a
 * command does that is sent again: it reads the stream, and sends the very same envelope again where it is not there.
 */
export async function write(store: EventStore, count: number, signal: AbortSignal): Promise<Told> {
  const acknowledged = new Map<string, string[]>();
  const told = { failed: 0, storedThoughFailed: 0, longestMs: 0, times: [] as number[] };
  const writer = async (stream: string): Promise<void> => {
    const ids: string[] = [];
    acknowledged.set(stream, ids);
    let previous: EventEnvelope | null = null;
    while (!signal.aborted) {
      const [event] = sealed(stream, previous, [tagged()]) as [EventEnvelope];
      await appendUntilKnown(event);
      ids.push(event.metadata.eventId);
      previous = event;
    }
  };
  const appendUntilKnown = async (event: EventEnvelope): Promise<void> => {
    const expected = event.revision === 0 ? 'no_stream' : event.revision - 1;
    for (let again = false; ; again = true) {
      const begun = Date.now();
      try {
        if (again && (await isStored(event))) {
          told.storedThoughFailed++;
          return;
        }
        const begunAppend = Date.now();
        try {
          await store.append(event.stream, expected, [event]);
          told.times.push(Date.now());
          return;
        } finally {
          told.longestMs = Math.max(told.longestMs, Date.now() - begunAppend);
        }
      } catch (error) {
        if (error instanceof WrongExpectedRevision) throw error; // nobody else writes to this stream
        if (!(error instanceof StoreUnavailable)) throw error;
        told.failed++;
        await pause(Math.max(0, 100 - (Date.now() - begun)));
      }
    }
  };
  const isStored = async ({ stream, revision, metadata }: EventEnvelope): Promise<boolean> => {
    for await (const event of store.readStream(stream, { fromRevision: revision, latest: true })) {
      return event.metadata.eventId === metadata.eventId;
    }
    return false;
  };
  await Promise.all(Array.from({ length: count }, (_, index) => writer(`package-w${index}`)));
  return { ...told, acknowledged };
}

/** Compares what a store holds with what was acknowledged. */
export async function tally(store: EventStore, told: Told): Promise<{ acked: number; lost: number; twice: number }> {
  const counts = new Map<string, number>();
  const stored = new Map<string, string[]>();
  for await (const { stream, metadata } of store.readAll()) {
    counts.set(metadata.eventId, (counts.get(metadata.eventId) ?? 0) + 1);
    stored.set(stream, [...(stored.get(stream) ?? []), metadata.eventId]);
  }
  let [acked, lost] = [0, 0];
  for (const [stream, ids] of told.acknowledged) {
    acked += ids.length;
    const there = stored.get(stream) ?? [];
    lost += ids.filter((id, index) => there[index] !== id).length;
  }
  return { acked, lost, twice: [...counts.values()].filter((count) => count > 1).length };
}
