import { type Position, type RecordedEvent } from '../../domain';
import { type EventStore } from '../../eventstore';
import { renderTag, tagRef } from '../commit-form/render-tag';
import { type ObjectId } from '../git-repository';
import { encodeTag } from '../object-form/commit-bytes';
import { objectIdOf } from '../object-form/object-bytes';

/** The object that an event makes, and where that event stands in the log. */
export interface ExpectedObject {
  readonly oid: ObjectId;
  readonly position: Position;
}

/** What the log says of tags and of the commits of drafts: a fold that each time reads only what is new. May be shared. */
export class ExpectedRefs {
  readonly #store: Pick<EventStore, 'readAll' | 'head'>;
  readonly #tags = new Map<string, ExpectedObject>();
  readonly #commits = new Map<string, ExpectedObject>();
  readonly #kept = new Set<ObjectId>();
  readonly #adopted = new Set<ObjectId>();
  #after: Position | null = null;
  #pointerPath: string | null = null;
  #adoptions = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(store: Pick<EventStore, 'readAll' | 'head'>) {
    this.#store = store;
  }

  /** By full name of the ref. */
  get tags(): ReadonlyMap<string, ExpectedObject> {
    return this.#tags;
  }

  /** The last commit of each draft that ever committed, by the draft's id. */
  get draftCommits(): ReadonlyMap<string, ExpectedObject> {
    return this.#commits;
  }

  /** Commits of drafts that keeping refs keep. */
  get kept(): ReadonlySet<ObjectId> {
    return this.#kept;
  }

  /** Commits that adoptions name. */
  get adopted(): ReadonlySet<ObjectId> {
    return this.#adopted;
  }

  /** Where the adoption in force has the pointer file; null before an adoption. */
  get pointerPath(): string | null {
    return this.#pointerPath;
  }

  /** The end of the log when it was read last; null before, and for an empty one. */
  get position(): Position | null {
    return this.#after;
  }

  /** How many adoptions there were. */
  get adoptions(): number {
    return this.#adoptions;
  }

  /** Takes in what the log holds by now. @throws LogDamaged, StoreUnavailable */
  catchUp(): Promise<void> {
    // One after another: two at once would fold the same events twice.
    const read = this.#reading.then(() => this.#read());
    this.#reading = read.catch(() => undefined); // told to whoever asked for it
    return read;
  }

  async #read(): Promise<void> {
    const head = await this.#store.head();
    if (head === null || head === this.#after) return;
    const types = ['Committed', 'Tagged', 'Adopted'] as const;
    for await (const event of this.#store.readAll({ after: this.#after, until: head, types })) {
      this.#fold(event);
      this.#after = event.position;
    }
    this.#after = head;
  }

  #fold(event: RecordedEvent): void {
    const { position } = event;
    // The first tag of a release is the one that counts, as for the publisher.
    if (event.type === 'Tagged' && !this.#tags.has(tagRef(event.data.tag))) {
      const oid = objectIdOf('tag', encodeTag(renderTag(event)));
      this.#tags.set(tagRef(event.data.tag), { oid, position });
    }
    if (event.type === 'Committed') {
      this.#commits.set(event.data.draft, { oid: event.data.commit, position });
      this.#kept.add(event.data.commit);
    }
    if (event.type === 'Adopted') {
      this.#pointerPath = event.data.layout.pointer.path;
      this.#adopted.add(event.data.commit);
      this.#adoptions += 1;
    }
  }
}
