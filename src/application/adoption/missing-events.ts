import { type Actor, type DomainEvent, type EventEnvelope } from '../../domain';
import { adoptionEventId, digestOf, EMPTY_STREAM, type EventStore, headAfter, sealEvents } from '../../eventstore';
import { type Clock, type Ids } from '../ports';
import { inOrder, originIn } from './history-origin';

/** The actor of what the service does by itself. */
export const SERVICE_ACTOR: Actor = { id: 'slipway', name: 'Slipway' };

/** Bytes of `data` that are appended at once, or one event. */
const MAX_APPEND_BYTES = 4_000_000;

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

  /** Resolves when the next events of a stream are durable. One call for a stream at a time. */
  async append(stream: string, events: readonly DomainEvent[]): Promise<void> {
    const end = await this.endOf(stream);
    const missing = events.slice(end.present);
    end.present = Math.max(end.present - events.length, 0);
    let waiting: EventEnvelope[] = [];
    let bytes = 0;
    for (const event of missing) {
      const sealed = this.sealed(stream, end.last, event);
      const size = Buffer.byteLength(JSON.stringify(sealed.data));
      if (bytes + size > MAX_APPEND_BYTES) {
        await this.appendSealed(stream, waiting);
        [waiting, bytes] = [[], 0];
      }
      waiting.push(sealed);
      bytes += size;
      end.last = sealed;
    }
    await this.appendSealed(stream, waiting);
  }

  private async appendSealed(stream: string, events: readonly EventEnvelope[]): Promise<void> {
    const [first] = events;
    if (first === undefined) return;
    await this.dependencies.store.append(stream, first.revision === 0 ? 'no_stream' : first.revision - 1, events);
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
