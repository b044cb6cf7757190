import { type Committed, type RecordedEvent, type Tagged } from '../../domain';
import {
  commitText,
  Drift,
  type GitReading,
  type AdoptionGround,
  groundAt,
  namedEvent,
  type ObjectId,
  ObjectMissing,
  type RecordedCommitMaking,
  renderTag,
  tagRef,
  tagText,
} from '../../git';
import { type ObjectLine } from './export-form';
import { type PublishedHistory } from './published-history';

/** Finds the commits on `main` of events that are asked for in the order of the log. */
export class PublishedCommits {
  readonly #next: number[];

  constructor(
    private readonly repository: Pick<GitReading, 'objects'>,
    private readonly grounds: readonly AdoptionGround[],
    private readonly history: PublishedHistory,
  ) {
    this.#next = grounds.map(() => 0);
  }

  /** @throws ObjectMissing; Drift for a commit that names the event and is not one that Slipway writes. */
  async commitOf(event: RecordedCommitMaking, adoption: number): Promise<ObjectLine> {
    const ground = groundAt(this.grounds, event.position);
    const next = this.#next[ground] ?? 0;
    const commit = this.history.segments[ground]?.at(next) ?? null;
    if (commit === null) return unpublished(event, adoption);
    const read = await this.repository.objects.readCommit(commit);
    if (namedEvent(read.message)?.eventId !== event.metadata.eventId) return unpublished(event, adoption);
    this.#next[ground] = next + 1;
    const { oid, text } = commitText(read);
    if (oid !== commit) {
      throw new Drift(
        `${commit} on main names event ${event.metadata.eventId} and is not a commit that Slipway writes.`,
      );
    }
    return { kind: 'object', on: 'main', adoption, eventId: event.metadata.eventId, id: commit, text };
  }
}

/** The line of an event whose commit is not on `main` yet. */
export function unpublished(event: RecordedCommitMaking, adoption: number): ObjectLine {
  return { kind: 'object', on: 'main', adoption, eventId: event.metadata.eventId, id: null, text: null };
}

/** The draft's commit that an event names. @throws ObjectMissing when it cannot be read as Slipway has written it. */
export async function draftCommitLine(
  { objects }: Pick<GitReading, 'objects'>,
  { data, metadata }: RecordedEvent<Committed>,
): Promise<ObjectLine> {
  const { oid, text } = commitText(await objects.readCommit(data.commit));
  if (oid !== data.commit) throw new ObjectMissing(data.commit);
  return { kind: 'object', on: 'draft', adoption: null, eventId: metadata.eventId, id: oid, text };
}

/** The tag that an event makes, where Git holds it. @throws ObjectMissing, RefUnreadable */
export async function tagLine({ objects, refs }: GitReading, event: RecordedEvent<Tagged>): Promise<ObjectLine> {
  const line = { kind: 'object', on: 'tag', adoption: null, eventId: event.metadata.eventId } as const;
  const tag: ObjectId | null = await refs.read(tagRef(event.data.tag));
  if (tag === null || tag !== tagText(renderTag(event)).oid) return { ...line, id: null, text: null };
  return { ...line, id: tag, text: tagText(await objects.readTag(tag)).text };
}
