import { POINTER_STREAM, type RecordedEvent } from '../../../src/domain';
import { type EventStore, verifyChain } from '../../../src/eventstore';
import { changeText } from '../operation';

/** An event as the model tells it. */
export interface ToldEvent {
  readonly text: string;
  /** Correlation id of the call that led to it. */
  readonly call: string;
}

/** The log as far as it was read. */
export interface ReadLog {
  /** Reads on; each event is checked against the one before it in its stream. */
  readOn(store: EventStore): Promise<void>;
  readonly events: readonly ToldEvent[];
  /** Moves of the pointer by revision. */
  readonly moves: readonly RecordedEvent[];
}

export function createReadLog(): ReadLog {
  const tips = new Map<string, RecordedEvent>();
  const events: ToldEvent[] = [];
  const moves: RecordedEvent[] = [];
  let after: string | null = null;
  return {
    events,
    moves,
    readOn: async (store) => {
      for await (const event of store.readAll({ after })) {
        expect(verifyChain(tips.get(event.stream) ?? null, event)).toBeNull();
        tips.set(event.stream, event);
        after = event.position;
        if (event.stream === POINTER_STREAM) moves.push(event);
        events.push({ text: eventText(event), call: event.metadata.correlationId });
      }
    },
  };
}

function eventText(event: RecordedEvent): string {
  switch (event.type) {
    case 'Committed':
      return `Committed ${event.data.package} ${event.data.version} ${event.data.draft}`;
    case 'ReleaseAdopted':
    case 'Staged':
    case 'ValidationFailed':
    case 'Tagged':
      return `${event.type} ${event.data.package} ${event.data.version}`;
    case 'PointerAdopted':
    case 'Activated':
    case 'RolledBack':
    case 'Deactivated':
      return `${event.type} ${event.data.changes.map(changeText).join(', ')}`;
    case 'Adopted':
    case 'HistoryFindings':
    case 'DriftResolved':
      return event.type;
  }
}
