import { type ObjectId } from './git-repository';

const MAX_TREES = 10_000;

/**
 * Trees that were read whole, the longest unused forgotten first. Objects never change, so only their loss goes unnoticed
 * here: a disk that loses some later is found by whoever reads them again, as everything that writes to the log does.
 */
export class ReadableTrees {
  readonly #trees = new Set<ObjectId>();
  readonly #limit: number;

  constructor(limit = MAX_TREES) {
    this.#limit = limit;
  }

  has(tree: ObjectId): boolean {
    if (!this.#trees.has(tree)) return false;
    this.note(tree);
    return true;
  }

  note(tree: ObjectId): void {
    this.#trees.delete(tree); // a set is in order of adding: the tree moves to the end
    this.#trees.add(tree);
    for (const oldest of this.#trees) {
      if (this.#trees.size <= this.#limit) break;
      this.#trees.delete(oldest);
    }
  }

  forget(tree: ObjectId): void {
    this.#trees.delete(tree);
  }
}
