import { Pulse } from '../../eventstore';
import { type DriftChange, type RefDrift } from './drift';
import { type Sighting } from './look';
import { type Place } from './ref-observation';

/** Changes that one who follows slowly may be behind; the oldest are dropped then. */
const LONGEST_QUEUE = 1_000;

/** The drifts there are, and who wants to hear of their changes. */
export class DriftRecord {
  #current: readonly RefDrift[] = [];
  readonly #onChange: ((change: DriftChange) => void) | undefined;
  readonly #followers = new Set<(change: DriftChange) => void>();

  constructor(onChange?: (change: DriftChange) => void) {
    this.#onChange = onChange;
  }

  get current(): readonly RefDrift[] {
    return this.#current;
  }

  /** The drift that says exactly this; null when it is a new one. */
  same({ place, ref, expected, found }: Sighting): RefDrift | null {
    const known = this.#of(place, ref);
    return known?.expected === expected && known.found === found ? known : null;
  }

  /** Since when the ref has drifted; null when it had not. */
  sinceOf({ place, ref }: Sighting): string | null {
    return this.#of(place, ref)?.since ?? null;
  }

  /** What is known of one ref. */
  sightingsOf(place: Place, ref: string): readonly Sighting[] {
    const known = this.#of(place, ref);
    return known === undefined ? [] : [known];
  }

  /** Takes what is seen now and tells what differs from before. */
  replace(drifts: readonly RefDrift[]): void {
    const before = this.#current;
    this.#current = drifts;
    const has = (list: readonly RefDrift[], { place, ref }: RefDrift): RefDrift | undefined =>
      list.find((other) => other.place === place && other.ref === ref);
    for (const drift of before) if (has(drifts, drift) === undefined) this.#tell({ transition: 'ENDED', drift });
    for (const drift of drifts) {
      const old = has(before, drift);
      if (old === undefined) this.#tell({ transition: 'BEGAN', drift });
      else if (old.found !== drift.found) this.#tell({ transition: 'CHANGED', drift });
    }
  }

  /** What changes from the call on, in order. */
  changes(signal: AbortSignal): AsyncIterable<DriftChange> {
    const queue: DriftChange[] = [];
    const arrived = new Pulse();
    const follower = (change: DriftChange): void => {
      queue.push(change);
      if (queue.length > LONGEST_QUEUE) queue.shift();
      arrived.notify();
    };
    this.#followers.add(follower);
    signal.addEventListener('abort', () => this.#followers.delete(follower), { once: true });
    return deliver(queue, arrived, signal);
  }

  #of(place: Place, ref: string): RefDrift | undefined {
    return this.#current.find((drift) => drift.place === place && drift.ref === ref);
  }

  #tell(change: DriftChange): void {
    this.#onChange?.(change);
    for (const tell of this.#followers) tell(change);
  }
}

async function* deliver(queue: DriftChange[], arrived: Pulse, signal: AbortSignal): AsyncGenerator<DriftChange> {
  while (!signal.aborted) {
    const change = queue.shift();
    if (change === undefined) await arrived.next(signal);
    else yield change;
  }
}
