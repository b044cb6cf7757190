import { Backoff, type BackoffOptions } from './backoff';
import { observedRef, type RefusedRef } from './pusher';

/** What could not be fetched is no refusal of the remote, and still waits. */
const OBSERVED = observedRef('refs/');

/** The refs that a remote does not let us move, each tried again after a pause of its own. */
export class Refusals {
  readonly #refused = new Map<string, Backoff>();
  readonly #options: BackoffOptions;
  readonly #onRefused: (ref: string, message: string) => void;

  constructor({
    onRefused,
    ...options
  }: BackoffOptions & { readonly onRefused: (ref: string, message: string) => void }) {
    this.#options = options;
    this.#onRefused = onRefused;
  }

  /** What a remote said of a ref; null when it let it move. */
  told(ref: string, message: string | null): void {
    if (message === null) {
      this.#refused.delete(ref);
      return;
    }
    const refusal = this.#refused.get(ref) ?? new Backoff(this.#options);
    this.#refused.set(ref, refusal);
    const news = refusal.message !== message;
    refusal.failed(message);
    if (news && !ref.startsWith(OBSERVED)) this.#onRefused(ref, message);
  }

  mayTry(ref: string): boolean {
    return (this.#refused.get(ref)?.waitMs ?? 0) === 0;
  }

  /** Forgets refs that need not move any more. Those under which drift is kept stay. */
  keepOnly(refs: ReadonlySet<string>): void {
    for (const ref of this.#refused.keys()) {
      if (!refs.has(ref) && !ref.startsWith(OBSERVED)) this.#refused.delete(ref);
    }
  }

  /** Lets all of them be tried again at once. */
  retryNow(): void {
    for (const refusal of this.#refused.values()) refusal.retryNow();
  }

  /** Refs that were refused, as they are told. */
  list(): readonly RefusedRef[] {
    return [...this.#refused].flatMap(([ref, refusal]) =>
      ref.startsWith(OBSERVED) ? [] : [{ ref, message: refusal.message ?? '', forMs: refusal.forMs ?? 0 }],
    );
  }
}
