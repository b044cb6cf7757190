/** Bytes that come in pieces and are taken in others. */
export class ByteQueue {
  #first: Buffer = Buffer.alloc(0);
  #rest: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(piece: Buffer): void {
    if (this.#length === 0) this.#first = piece;
    else this.#rest.push(piece);
    this.#length += piece.length;
  }

  /** The first line without its newline, which stays; null while it has not come in full. */
  peekLine(): string | null {
    if (!this.#first.includes(10)) this.#join();
    const end = this.#first.indexOf(10);
    return end < 0 ? null : this.#first.toString('latin1', 0, end);
  }

  /** Takes the first bytes, of which there must be so many. They are the taker's own. */
  take(count: number): Buffer {
    if (this.#first.length < count) this.#join();
    const taken = Buffer.from(this.#first.subarray(0, count)); // a copy: a small object must not hold a large piece
    this.#first = this.#first.subarray(count);
    this.#length -= count;
    if (this.#first.length === 0) this.#first = this.#rest.shift() ?? this.#first;
    return taken;
  }

  #join(): void {
    if (this.#rest.length > 0) this.#first = Buffer.concat([this.#first, ...this.#rest.splice(0)]);
  }
}
