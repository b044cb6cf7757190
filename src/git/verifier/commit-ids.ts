import { type ObjectId } from '../git-repository';

const ID_BYTES = 20;

/** Commit ids in some order, twenty bytes each: a text that was cut from a commit would hold all of it. */
export class CommitIds {
  #bytes = Buffer.alloc(ID_BYTES * 1024);
  #count = 0;

  get length(): number {
    return this.#count;
  }

  push(id: ObjectId): void {
    const at = this.#count * ID_BYTES;
    if (at === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    this.#bytes.write(id, at, 'hex');
    this.#count += 1;
  }

  /** The id at an index; null beyond the last. */
  at(index: number): ObjectId | null {
    if (index < 0 || index >= this.#count) return null;
    return this.#bytes.toString('hex', index * ID_BYTES, (index + 1) * ID_BYTES);
  }

  /** The same ids, the last first. */
  reversed(): CommitIds {
    const ids = new CommitIds();
    for (let index = this.#count - 1; index >= 0; index -= 1) ids.push(this.at(index) ?? '');
    return ids;
  }

  /** Index of an id; -1 when it is not among them. */
  indexOf(id: ObjectId): number {
    const wanted = Buffer.from(id, 'hex');
    const end = this.#count * ID_BYTES;
    for (let at = this.#bytes.indexOf(wanted); at >= 0 && at < end; at = this.#bytes.indexOf(wanted, at + 1)) {
      if (at % ID_BYTES === 0) return at / ID_BYTES;
    }
    return -1;
  }
}
