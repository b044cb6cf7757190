/** A failure in a row of failures, and when to try again. */
export class Backoff {
  #attempts = 0;
  #since: number | null = null;
  #until = 0;
  #message: string | null = null;
  readonly #options: BackoffOptions;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** @returns milliseconds until the next try. */
  failed(message: string): number {
    const { firstMs, mostMs, now, random } = this.#options;
    this.#attempts += 1;
    this.#since ??= now();
    this.#message = message;
    const full = Math.min(firstMs * 2 ** Math.min(this.#attempts - 1, 20), mostMs);
    // Many nodes that lost one remote do not come back to it at the same moment.
    const delay = Math.round(full * (0.5 + random() / 2));
    this.#until = now() + delay;
    return delay;
  }

  /** Ends the pause, not the row of failures. */
  retryNow(): void {
    this.#until = 0;
  }

  succeeded(): void {
    this.#attempts = 0;
    this.#since = null;
    this.#message = null;
    this.#until = 0;
  }

  /** Message of the last failure; null when there is none. */
  get message(): string | null {
    return this.#message;
  }

  /** Milliseconds from the first failure in a row; null when there is none. */
  get forMs(): number | null {
    return this.#since === null ? null : Math.round(this.#options.now() - this.#since);
  }

  /** Milliseconds until the next try; 0 when it may be made. */
  get waitMs(): number {
    return Math.max(0, this.#until - this.#options.now());
  }
}

export interface BackoffOptions {
  readonly firstMs: number;
  readonly mostMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}
