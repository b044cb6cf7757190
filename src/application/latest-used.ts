/** Results under way or done, by key; of more than it may hold, the one that was asked for longest ago goes. */
export class LatestUsed<T> {
  readonly #results = new Map<string, Promise<T>>();

  constructor(private readonly largest: number) {}

  has(key: string): boolean {
    return this.#results.has(key);
  }

  /** The result of a key, made where there is none. One that fails is not kept. */
  get(key: string, make: () => Promise<T>): Promise<T> {
    const result = this.#results.get(key) ?? make();
    this.#results.delete(key);
    this.#results.set(key, result); // last in the map is used last; the first is dropped
    for (const oldest of this.#results.keys()) {
      if (this.#results.size <= this.largest) break;
      this.#results.delete(oldest);
    }
    result.catch(() => this.forget(key));
    return result;
  }

  forget(key: string): void {
    this.#results.delete(key);
  }
}
