/** Wakes everybody who waits for something to have moved on. */
export class Pulse {
  private readonly waiting = new Set<() => void>();
  private beats = 0;

  /** Differs from an earlier answer when there was a {@link notify} in between. */
  get count(): number {
    return this.beats;
  }

  notify(): void {
    this.beats += 1;
    for (const wake of [...this.waiting]) wake();
  }

  /** Resolves at the next {@link notify}, or when `signal` aborts; at once when it has. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }
}
