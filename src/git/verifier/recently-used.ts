/** Values by key, the longest unused forgotten first once they are too large together. */
export class RecentlyUsed<K, V> {
  readonly #values = new Map<K, { readonly value: V; readonly size: number }>();
  readonly #limit: number;
  #size = 0;

  /** @param limit of the sizes together. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: K): V | undefined {
    const found = this.#values.get(key);
    if (found === undefined) return undefined;
    this.#values.delete(key); // a map is in order of adding: the value moves to the end
    this.#values.set(key, found);
    return found.value;
  }

  delete(key: K): void {
    this.#size -= this.#values.get(key)?.size ?? 0;
    this.#values.delete(key);
  }

  set(key: K, value: V, size: number): void {
    this.delete(key);
    this.#size += size;
    this.#values.set(key, { value, size });
    for (const [oldest, { size: freed }] of this.#values) {
      if (this.#size <= this.#limit || oldest === key) return;
      this.#values.delete(oldest);
      this.#size -= freed;
    }
  }
}
