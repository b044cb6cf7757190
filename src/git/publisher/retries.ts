import { type Position } from '../../domain';
import { retryDelayMs } from './retry';

/** The failure that is tried again, from its first time until what failed has succeeded. */
export class Retries {
  #attempts = 0;
  #failure: { readonly message: string; readonly since: number; readonly at: Position | null } | null = null;

  /**
   * @param at the event that could not be published; null when it was not found where to go on.
   * @param mostMs longest pause, in milliseconds.
   * @returns the pause before the next try.
   */
  failed(message: string, at: Position | null, mostMs = Infinity): number {
    this.#attempts += 1;
    const { since, at: before } = this.#failure ?? { since: performance.now(), at: null };
    this.#failure = { message, since, at: later(before, at) };
    return Math.min(retryDelayMs(this.#attempts), mostMs);
  }

  /** Having found where to go on says nothing about an event after it that could not be published. */
  found(after: Position | null): void {
    if (this.#isPassedAt(after)) this.#failure = null;
  }

  /** Each try begins at the last event that Git shows, so events before the one that fails are published again and again. */
  published(position: Position): void {
    if (!this.#isPassedAt(position)) return;
    this.#attempts = 0;
    this.#failure = null;
  }

  get message(): string | null {
    return this.#failure?.message ?? null;
  }

  /** Milliseconds since the first failure in a row; null when there is none. */
  get forMs(): number | null {
    return this.#failure === null ? null : Math.round(performance.now() - this.#failure.since);
  }

  #isPassedAt(position: Position | null): boolean {
    const at = this.#failure?.at ?? null;
    return at === null || (position !== null && at <= position);
  }
}

function later(one: Position | null, other: Position | null): Position | null {
  return one === null || (other !== null && one < other) ? other : one;
}
