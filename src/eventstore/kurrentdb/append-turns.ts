/** Appends that are under way at once; more do not make a server faster, and a connection slower. */
const MOST = 64;

/**
 * Gives appends their turn: those of one stream one after another, in order, for the server does not answer the second of
 * two equal ones for seconds when it meets both at once; those of all streams not too many at once.
 */
export class AppendTurns {
  private readonly last = new Map<string, Promise<unknown>>();
  private readonly waiting: (() => void)[] = [];
  private underWay = 0;

  /** Resolves and rejects as `work` does. */
  run<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const limited = (): Promise<T> => this.limited(work);
    const done = (this.last.get(stream) ?? Promise.resolve()).then(limited, limited);
    this.last.set(stream, done);
    const forget = (): void => {
      if (this.last.get(stream) === done) this.last.delete(stream);
    };
    done.then(forget, forget);
    return done;
  }

  private async limited<T>(work: () => Promise<T>): Promise<T> {
    if (this.underWay >= MOST) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.underWay++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.underWay--;
      else next(); // takes over the place
    }
  }
}
