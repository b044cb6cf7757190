import { type DraftNode } from '../drafts/draft-node';
import { nodeOfDraft } from '../drafts/wip-commit';
import { RefConflict, unlessMissing } from '../errors';
import { draftRef, type GitRepository, type ObjectId } from '../git-repository';
import { type Remote, TransferFailed } from '../transfer';
import { pushed } from './content-exchange';

const HEADS = draftRef('');

/** Under which the work in progress of another node's draft is fetched, until it is read. */
function seenRef(draft: string): string {
  return `refs/slipway/elsewhere/${draft}`;
}

/** Who has the name of a draft. */
export interface NameHolder {
  /** The work in progress that stands for the draft on the remote. */
  readonly head: ObjectId;
  /** Null where it names no node. */
  readonly node: DraftNode | null;
}

/**
 * The names of drafts, each given once for all nodes of a log: by the ref that the remote makes for the first who asks. Whose it is
 * says the work in progress there. Each call may raise TransferFailed.
 */
export class DraftNames {
  readonly #repository: GitRepository;
  readonly #remote: Remote;
  readonly #signal: AbortSignal;
  #seen = new Set<string>();

  constructor({
    repository,
    remote,
    signal,
  }: {
    readonly repository: GitRepository;
    readonly remote: Remote;
    readonly signal: AbortSignal;
  }) {
    this.#repository = repository;
    this.#remote = remote;
    this.#signal = signal;
  }

  /** The work in progress that stands for each name. */
  async heads(): Promise<ReadonlyMap<string, ObjectId>> {
    const refs = await this.#remote.refs('branches, tags and drafts', this.#signal);
    const heads = new Map(
      [...refs].flatMap(([ref, oid]) => (ref.startsWith(HEADS) ? [[ref.slice(HEADS.length), oid] as const] : [])),
    );
    this.#seen = new Set(heads.keys());
    return heads;
  }

  /** The names that somebody had when that was asked last; none before. */
  get seen(): ReadonlySet<string> {
    return this.#seen;
  }

  /** Forgets that a name was seen: its draft has ended here. */
  ended(id: string): void {
    this.#seen.delete(id);
  }

  /** Null where nobody has the name. */
  async holder(id: string): Promise<NameHolder | null> {
    for (let failed: ObjectId | null = null; ;) {
      const head = (await this.heads()).get(id);
      if (head === undefined) return null;
      try {
        return { head, node: await this.#nodeOf(id, head) };
      } catch (error) {
        // It may have ended between the two looks.
        if (!(error instanceof TransferFailed) || failed === head) throw error;
        failed = head;
      }
    }
  }

  /**
   * Makes a work in progress stand for a name that nobody has. Doing it again does no harm.
   * @returns whether it does; false where another one has the name.
   */
  async take(id: string, head: ObjectId): Promise<boolean> {
    const failure = await pushed(this.#remote, { ref: draftRef(id), next: head, expected: null }, this.#signal);
    if (failure === null) return true;
    const found = (await this.heads()).get(id);
    if (found === undefined) throw failure;
    return found === head;
  }

  async #nodeOf(id: string, head: ObjectId): Promise<DraftNode | null> {
    const { objects, refs } = this.#repository;
    const known = await unlessMissing(nodeOfDraft(objects, id, head));
    if (known !== null) return known;
    await this.#remote.fetch(draftRef(id), seenRef(id), this.#signal);
    const fetched = await refs.read(seenRef(id));
    // Where somebody else asked at the same moment, that may be gone again; what it named is here.
    const node = await unlessMissing(nodeOfDraft(objects, id, fetched ?? head));
    if (fetched !== null) await this.#forget(seenRef(id), fetched);
    return node;
  }

  /** Removes a ref that was made to fetch with. */
  async #forget(ref: string, oid: ObjectId): Promise<void> {
    try {
      await this.#repository.refs.compareAndSet(ref, oid, null);
    } catch (error) {
      if (!(error instanceof RefConflict)) throw error;
    }
  }
}
