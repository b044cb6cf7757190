import { type DomainEvent, type EventEnvelope, packageStream, type RecordedEvent } from '../../../src/domain';
import { EMPTY_STREAM, type EventStore, headAfter, sealEvents } from '../../../src/eventstore';
import { openSqliteEventStore } from '../../../src/eventstore/sqlite/sqlite-event-store';
import { NOW, TOM } from '../fixture-repository';

/** A real log with deterministic event ids; `append` puts events at the end of their stream. */
export interface TemporaryLog {
  readonly store: EventStore;
  append(stream: string, event: DomainEvent): Promise<RecordedEvent>;
}

export function openTemporaryLog(path: string): TemporaryLog {
  const store = openSqliteEventStore({ path, newLogId: () => 'abcdef012345' });
  let count = 0;
  return {
    store,
    async append(stream, event) {
      let last: EventEnvelope | null = null;
      for await (const stored of store.readStream(stream)) last = stored;
      count += 1;
      const id = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
      const [sealed] = sealEvents({
        stream,
        head: last === null ? EMPTY_STREAM : headAfter(last),
        events: [event],
        context: {
          actor: TOM,
          commandId: id,
          commandDigest: 'd'.repeat(64),
          correlationId: id,
          now: NOW,
          newEventId: () => id,
        },
      });
      const { position } = await store.append(stream, last === null ? 'no_stream' : last.revision, [sealed!]);
      return { ...sealed!, position };
    },
  };
}

export const EPIC = packageStream('epic');
