import { type RecordedEvent } from '../../domain';
import { chainBreak, EMPTY_STREAM, headAfter, type StreamHead } from '../../eventstore';
import { type EventCheck, CheckFindings } from './event-check';
import { checkResult, placeOf } from './verification';

/** `chain`: every event stands in its place, names the hash of the one before it, does not undercut its time, and has its own hash. */
export class ChainCheck implements EventCheck {
  readonly #heads = new Map<string, StreamHead>();
  readonly #findings = new CheckFindings();

  take(event: RecordedEvent): void {
    const broken = chainBreak(this.#heads.get(event.stream) ?? EMPTY_STREAM, event);
    if (broken !== null) this.#findings.differs({ ...broken, event: placeOf(event) });
    this.#heads.set(event.stream, headAfter(event));
    this.#findings.compared += 1;
  }

  conclude(interrupted: string | null) {
    const { compared, difference } = this.#findings;
    if (interrupted === null) return checkResult('chain', this.#findings);
    const missing = { what: interrupted, event: null, expected: 'a readable event', found: null };
    return checkResult('chain', { compared, difference: difference ?? missing, unchecked: interrupted });
  }
}
