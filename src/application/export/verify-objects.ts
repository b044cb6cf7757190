import { type EventEnvelope } from '../../domain';
import {
  commitOnTree,
  commitText,
  idOfText,
  isCommitMaking,
  namedEvent,
  type ObjectId,
  renderTag,
  tagText,
} from '../../git';
import { type HeaderLine, type ObjectLine } from './export-form';
import { type ExportFindings } from './export-findings';

/** Follows the commits and tags of an export: computes each from its event and compares. */
export class ObjectsOfExport {
  readonly counts = { objects: 0, unpublished: 0 };
  /** The adoption, and the event, of the last line about `main`. */
  #adoption: number;
  #eventId: string | null;
  /** What the next commit on `main` stands on. */
  #parent: ObjectId | null;
  #tip: ObjectId | null;
  /** An event on this adoption is not published: none after it can be. */
  #waiting = false;

  constructor(
    private readonly header: HeaderLine,
    private readonly commits: ExportFindings,
  ) {
    const { adoption, eventId, commit } = header.parent ?? { adoption: -1, eventId: null, commit: null };
    this.#adoption = adoption;
    this.#eventId = eventId;
    this.#parent = this.#tip = commit;
  }

  /** Last commit on `main` so far. */
  get tip(): ObjectId | null {
    return this.#tip;
  }

  /** @param event the one before the line; null for a commit of an event that the filter leaves out. */
  take(line: ObjectLine, event: EventEnvelope | null, number: number): void {
    const { id, text } = line;
    const place = event === null ? null : `${event.stream}@${event.revision}`;
    const isOnMain = event === null || isCommitMaking(event);
    if (isOnMain) this.#standOn(line, number, place);
    else this.commits.same(`Line ${number} is on no adoption.`, null, line.adoption, place);
    if (id === null && text === null && event?.type !== 'Committed') {
      this.counts.unpublished += 1;
      this.#waiting ||= isOnMain;
      return;
    }
    this.counts.objects += 1;
    const computed = this.#computed(line, event, number);
    this.commits.same(`Line ${number} is not the object that its event makes.`, computed, text, place);
    const type = event?.type === 'Tagged' ? 'tag' : 'commit';
    this.commits.same(`Line ${number} does not have the id of its object.`, idOfText(type, text ?? ''), id, place);
    if (!isOnMain) return;
    this.commits.same(`Line ${number} comes after a commit that is not there.`, false, this.#waiting, place);
    this.#parent = this.#tip = id;
  }

  /** What Git must hold. Of a draft, and of an event that is left out, the text is known from the file alone. */
  #computed({ eventId, id, text }: ObjectLine, event: EventEnvelope | null, number: number): string | null {
    const [, tree = '', parent = null] = /^tree ([0-9a-f]{40})\nparent ([0-9a-f]{40})\n/.exec(text ?? '') ?? [];
    if (event === null) {
      const named = namedEvent((text ?? '').slice((text ?? '').indexOf('\n\n') + 2));
      this.commits.same(`Line ${number} is the commit of another event than it says.`, named?.eventId, eventId);
      this.commits.same(`Line ${number} does not stand on the commit before it.`, this.#parent, parent);
      return text;
    }
    if (event.type === 'Tagged') return tagText(renderTag(event)).text;
    if (isCommitMaking(event)) {
      const adoption = this.header.adoptions[this.#adoption];
      const firstParent = this.#parent ?? '';
      return adoption === undefined ? null : computedText(() => commitOnTree({ event, adoption, firstParent, tree }));
    }
    if (event.type === 'Committed') {
      const place = `${event.stream}@${event.revision}`;
      this.commits.same(`Line ${number} is not the commit that its event names.`, event.data.commit, id, place);
    }
    return text;
  }

  /** A later adoption begins right after the event that it names, with a commit on the one that it adopts. */
  #standOn({ adoption, eventId }: ObjectLine, number: number, place: string | null): void {
    if (adoption !== this.#adoption) {
      const begun = adoption === null ? undefined : this.header.adoptions[adoption];
      const isLater = begun !== undefined && (adoption ?? -1) > this.#adoption;
      this.commits.same(`Line ${number} stands on no later adoption.`, true, isLater, place);
      this.commits.same(
        `Line ${number} stands on an adoption that begins elsewhere.`,
        begun?.previousEventId,
        this.#eventId,
        place,
      );
      this.#adoption = adoption ?? -1;
      this.#parent = begun?.commit ?? null;
      this.#waiting = false;
    }
    this.#eventId = eventId;
  }
}

/** The text of a commit that can be rendered; why it cannot be, in words, is as different from what is there as another text. */
function computedText(render: () => Parameters<typeof commitText>[0]): string {
  try {
    return commitText(render()).text;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
