import { type GitReading, type ObjectId } from '../git-repository';

/** Refs that were written in place, past Git's own way, are seen within this time. */
const READ_AGAIN_MS = 10_000;

type Listed = readonly { readonly ref: string; readonly oid: ObjectId }[];

/** Changes when refs below a prefix do; null when that cannot be told. */
export type StampOf = (prefix: string) => Promise<string | null>;

/** Refs that are listed over and over: nothing is read again while the stamp stays the same. */
export class WatchedRefs {
  readonly #refs: GitReading['refs'];
  readonly #stampOf: StampOf;
  readonly #known = new Map<string, { readonly stamp: string | null; readonly refs: Listed; readonly at: number }>();

  constructor(refs: GitReading['refs'], stampOf: StampOf) {
    this.#refs = refs;
    this.#stampOf = stampOf;
  }

  read(ref: string): Promise<ObjectId | null> {
    return this.#refs.read(ref);
  }

  async list(prefix: string): Promise<Listed> {
    const stamp = await this.#stampOf(prefix); // before the list: what changes in between changes the next stamp
    const known = this.#known.get(prefix);
    const now = performance.now();
    if (stamp !== null && known?.stamp === stamp && now - known.at < READ_AGAIN_MS) return known.refs;
    const refs = await this.#refs.list(prefix);
    this.#known.set(prefix, { stamp, refs, at: now });
    return refs;
  }
}
