import { type Position, type RecordedEvent } from '../../domain';
import { type EventStore } from '../../eventstore';
import { renderTag, tagRef } from '../commit-form/render-tag';
import { type ObjectId } from '../git-repository';
import { encodeTag } from '../object-form/commit-bytes';
import { objectIdOf } from '../object-form/object-bytes';

const TYPES = ['Committed', 'Tagged'] as const;

/** The refs that single events of the log predict: tags, and the draft commits that keeping refs keep. */
export class LogOfRefs {
  readonly #tags = new Map<string, ObjectId>();
  readonly #kept = new Set<ObjectId>();
  readonly #store: Pick<EventStore, 'readAll' | 'head'>;
  #after: Position | null = null;

  constructor(store: Pick<EventStore, 'readAll' | 'head'>) {
    this.#store = store;
  }

  get tags(): ReadonlyMap<string, ObjectId> {
    return this.#tags;
  }

  get kept(): ReadonlySet<ObjectId> {
    return this.#kept;
  }

  /** Takes in what the log holds by now. @throws LogDamaged, StoreUnavailable */
  async catchUp(): Promise<void> {
    const head = await this.#store.head();
    if (head === null || head === this.#after) return;
    for await (const event of this.#store.readAll({ after: this.#after, until: head, types: TYPES })) this.#take(event);
    this.#after = head;
  }

  #take(event: RecordedEvent): void {
    if (event.type === 'Committed') this.#kept.add(event.data.commit);
    // The first tag of a release is the one that counts, as for the publisher.
    if (event.type === 'Tagged' && !this.#tags.has(tagRef(event.data.tag))) {
      this.#tags.set(tagRef(event.data.tag), objectIdOf('tag', encodeTag(renderTag({ ...event, type: 'Tagged' }))));
    }
  }
}
