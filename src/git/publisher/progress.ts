import { type Position } from '../../domain';
import { type PublishingStopped } from './publisher';

interface Waiter {
  readonly position: Position;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** How far publishing has come, and who waits for it. */
export class Progress {
  #position: Position | null = null;
  #ended: PublishingStopped | null = null;
  #waiters: readonly Waiter[] = [];

  get position(): Position | null {
    return this.#position;
  }

  /** Everything up to `position` is in Git. */
  reached(position: Position | null): void {
    this.#position = position;
    const passed = (waiter: Waiter): boolean => position !== null && waiter.position <= position;
    const done = this.#waiters.filter(passed);
    this.#waiters = this.#waiters.filter((waiter) => !passed(waiter));
    for (const { resolve } of done) resolve();
  }

  /** Publishing goes on after it had ended. */
  begin(): void {
    this.#ended = null;
  }

  /** Nothing more will be reached. */
  end(error: PublishingStopped): void {
    this.#ended = error;
    const left = this.#waiters;
    this.#waiters = [];
    for (const { reject } of left) reject(error);
  }

  /** @throws PublishingStopped */
  async waitFor(position: Position): Promise<void> {
    if (this.#position !== null && position <= this.#position) return;
    if (this.#ended !== null) throw this.#ended;
    await new Promise<void>((resolve, reject) => {
      this.#waiters = [...this.#waiters, { position, resolve, reject }];
    });
  }
}
