import { retryDelayMs } from './retry';

/** What was being done when a failure came: finding where to go on, or publishing one event. */
type Doing = 'finding' | 'publishing';

/** The failure that is tried again, from its first time until what failed has succeeded. */
export class Retries {
  #attempts = 0;
  #failure: { readonly message: string; readonly since: number; readonly doing: Doing } | null = null;

  /** @returns the pause before the next try. */
  failed(message: string, doing: Doing): number {
    this.#attempts += 1;
    this.#failure = { message, since: this.#failure?.since ?? performance.now(), doing };
    return retryDelayMs(this.#attempts);
  }

  /** Having found where to go on says nothing about an event that could not be published. */
  succeeded(doing: Doing): void {
    if (doing === 'publishing') this.#attempts = 0;
    if (doing === 'publishing' || this.#failure?.doing === 'finding') this.#failure = null;
  }

  get message(): string | null {
    return this.#failure?.message ?? null;
  }

  /** Milliseconds since the first failure in a row; null when there is none. */
  get forMs(): number | null {
    return this.#failure === null ? null : Math.round(performance.now() - this.#failure.since);
  }
}
