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
import { type CommitLine, type HeaderLine, type TagLine } from './export-form';
import { type ExportFindings } from './export-findings';

/** What a line about a commit or tag belongs to. */
interface About {
  /** The event before the line; null for a commit of an event that the filter leaves out. */
  readonly event: EventEnvelope | null;
  readonly position: number;
  readonly number: number;
}

/** Follows the commits and tags of an export: computes each from its event and compares. */
export class ObjectsOfExport {
  readonly counts = { commits: 0, tags: 0, unpublished: 0 };
  #tip: ObjectId | null;
  #ground: number;
  /** An event of this ground is not published: none after it can be. */
  #waiting = false;

  constructor(
    private readonly header: HeaderLine,
    private readonly commits: ExportFindings,
  ) {
    this.#tip = header.parent;
    this.#ground = header.adoptions.findLastIndex(({ after }) => after < header.filter.from);
  }

  /** Last commit on `main` so far. */
  get tip(): ObjectId | null {
    return this.#tip;
  }

  takeCommit(line: CommitLine, about: About): void {
    const { event, number } = about;
    const place = event === null ? null : `${event.stream}@${event.revision}`;
    const { commit, object } = line;
    if (event !== null && isCommitMaking(event))
      this.#standOn(this.header.adoptions.findLastIndex(({ after }) => after < about.position));
    if (event !== null && line.on === 'main' && commit === null && object === null) {
      this.counts.unpublished += 1;
      this.#waiting = true;
      return;
    }
    this.counts.commits += 1;
    const text = object ?? '';
    const [, tree = '', parent = null] = /^tree ([0-9a-f]{40})\nparent ([0-9a-f]{40})\n/.exec(text) ?? [];
    if (event === null) this.#takeUnknown(line, text, parent, number);
    if (event?.type === 'Committed')
      this.commits.same(`Line ${number} is not the commit that its event names.`, event.data.commit, commit, place);
    if (event !== null && isCommitMaking(event)) {
      const adoption = this.header.adoptions[this.#ground];
      const firstParent = this.#tip ?? '';
      const computed =
        adoption === undefined ? null : computedText(() => commitOnTree({ event, adoption, firstParent, tree }));
      this.commits.same(`Line ${number} is not the commit that its event makes.`, computed, text, place);
    }
    this.commits.same(`Line ${number} does not have the id of its commit.`, idOfText('commit', text), commit, place);
    if (line.on === 'draft') return;
    this.commits.same(`Line ${number} is published although an event before it is not.`, false, this.#waiting, place);
    this.#tip = commit;
  }

  takeTag({ tag, object }: TagLine, event: EventEnvelope | null, number: number): void {
    if (event?.type !== 'Tagged') return;
    if (tag === null && object === null) {
      this.counts.unpublished += 1;
      return;
    }
    this.counts.tags += 1;
    const place = `${event.stream}@${event.revision}`;
    const { oid, text } = tagText(renderTag(event));
    this.commits.same(`Line ${number} is not the tag that its event makes.`, text, object, place);
    this.commits.same(`Line ${number} does not have the id of its tag.`, oid, tag, place);
  }

  /** Of an event that the filter leaves out nothing is known but what the commit says. */
  #takeUnknown({ eventId }: CommitLine, text: string, parent: ObjectId | null, number: number): void {
    const message = text.slice(text.indexOf('\n\n') + 2);
    this.commits.same(
      `Line ${number} is the commit of another event than it says.`,
      namedEvent(message)?.eventId,
      eventId,
    );
    const next = this.header.adoptions.findIndex(({ commit }, at) => at > this.#ground && commit === parent);
    if (parent !== this.#tip && next >= 0) this.#standOn(next);
    this.commits.same(`Line ${number} does not stand on the commit before it.`, this.#tip, parent);
  }

  #standOn(ground: number): void {
    if (ground === this.#ground) return;
    this.#ground = ground;
    this.#tip = this.header.adoptions[ground]?.commit ?? null;
    this.#waiting = false;
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
