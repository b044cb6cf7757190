import { type Actor, type DomainEvent, type EventEnvelope } from '../../domain';
import {
  adoptionEventId,
  bytesOfEvent,
  digestOf,
  EMPTY_STREAM,
  type EventStore,
  expectedBefore,
  headAfter,
  LogDamaged,
  MAX_APPEND_BYTES,
  sealEvents,
  WrongExpectedRevision,
} from '../../eventstore';
import { type Clock, type Ids } from '../ports';
import { AlreadyAdopted } from './already-adopted';
import { inOrder, originIn } from './history-origin';

/** The actor of what the service does by itself. */
export const SERVICE_ACTOR: Actor = { id: 'slipway', name: 'Slipway' };

const ELSE =
  'Somebody else is beginning this log at the same time. Start again; if it began with another repository, use another log.';

/** Which adoption events belong to. */
export interface Adoption {
  readonly commit: string;
  readonly withHistory: boolean;
  readonly correlationId: string;
}

/** Digest of the command that an adoption is: the same for every run of it. */
export function adoptionDigest({ commit, withHistory }: Pick<Adoption, 'commit' | 'withHistory'>): string {
  return digestOf(withHistory ? { adopt: commit, history: true } : { adopt: commit });
}

/** Appends the events of one adoption, each stream's in order, and leaves out what an interrupted run has appended. */
export class MissingEvents {
  readonly #streams = new Map<string, Promise<StreamEnd>>();

  constructor(
    private readonly dependencies: { readonly store: EventStore; readonly clock: Clock; readonly ids: Ids },
    private readonly adoption: Adoption,
  ) {}

  /**
   * Resolves when the next events of a stream are durable. One call for a stream at a time.
   * @throws AlreadyAdopted where somebody else has begun the log with another commit, or decided on it already.
   */
  async append(stream: string, events: readonly DomainEvent[]): Promise<void> {
    const end = await this.endOf(stream);
    let missing = events.slice(end.present);
    end.present = Math.max(end.present - events.length, 0);
    while (missing.length > 0) {
      const envelopes = this.oneAppend(stream, end.last, missing);
      end.last = await this.stored(stream, envelopes);
      missing = missing.slice(envelopes.length);
    }
  }

  /** The first of the events, as many as fit into one append. */
  private oneAppend(stream: string, end: EventEnvelope | null, events: readonly DomainEvent[]): EventEnvelope[] {
    const envelopes: EventEnvelope[] = [];
    let bytes = 0;
    for (const event of events) {
      const sealed = this.sealed(stream, envelopes.at(-1) ?? end, event);
      bytes += bytesOfEvent(sealed);
      if (bytes > MAX_APPEND_BYTES && envelopes.length > 0) break;
      envelopes.push(sealed);
    }
    return envelopes;
  }

  /** @returns the last of them as it stands in the log: another first start of the same commit may have been faster. */
  private async stored(stream: string, envelopes: readonly EventEnvelope[]): Promise<EventEnvelope> {
    const { store } = this.dependencies;
    const revision = envelopes[0]?.revision ?? 0;
    const appended = await store.append(stream, expectedBefore(revision), envelopes).catch((error: unknown) => {
      throw error instanceof WrongExpectedRevision ? new AlreadyAdopted(ELSE, { cause: error }) : error;
    });
    for await (const event of store.readStream(stream, { fromRevision: appended.revision, limit: 1 })) return event;
    throw new LogDamaged(`Event ${stream}@${String(appended.revision)} was appended and is not there.`);
  }

  private sealed(stream: string, last: EventEnvelope | null, event: DomainEvent): EventEnvelope {
    const { clock, ids } = this.dependencies;
    const head = last === null ? EMPTY_STREAM : headAfter(last);
    const now = clock.now();
    const occurredAt = head.occurredAt !== null && head.occurredAt > now ? head.occurredAt : now;
    const revision = head.revision + 1;
    const [sealed] = sealEvents({
      stream,
      head,
      events: [inOrder(event, last === null ? null : (originIn(last)?.at ?? null), occurredAt)],
      context: {
        actor: SERVICE_ACTOR,
        commandId: ids.uuid(),
        commandDigest: adoptionDigest(this.adoption),
        correlationId: this.adoption.correlationId,
        now,
        newEventId: () => adoptionEventId(this.adoption.commit, stream, revision),
      },
    });
    if (sealed === undefined) throw new TypeError('One event is sealed into one envelope.');
    return sealed;
  }

  private endOf(stream: string): Promise<StreamEnd> {
    const known = this.#streams.get(stream) ?? this.readEnd(stream);
    this.#streams.set(stream, known);
    return known;
  }

  private async readEnd(stream: string): Promise<StreamEnd> {
    const end: StreamEnd = { present: 0, last: null };
    for await (const event of this.dependencies.store.readStream(stream, { latest: true })) {
      const { revision, metadata } = event;
      if (metadata.eventId !== adoptionEventId(this.adoption.commit, stream, revision)) throw new AlreadyAdopted(ELSE);
      end.present += 1;
      end.last = event;
    }
    return end;
  }
}

interface StreamEnd {
  /** Events of an earlier run that were not asked for yet. */
  present: number;
  last: EventEnvelope | null;
}
