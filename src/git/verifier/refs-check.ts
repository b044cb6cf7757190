import { type Committed, type Position, type RecordedEvent, type Tagged } from '../../domain';
import { renderTag, tagRef } from '../commit-form/render-tag';
import { type GitObjects, type GitReading, keepingRef, type ObjectId } from '../git-repository';
import { type EventCheck, CheckFindings } from './event-check';
import { type CheckResult, checkResult, placeOf } from './verification';

/** A branch of a draft, its event of the log that it is at, and whether a later one must be published. */
interface DraftBranch {
  readonly ref: string;
  readonly oid: ObjectId;
  expected: { readonly commit: ObjectId; readonly event: string } | null;
  isKnown: boolean;
}

/**
 * The part of `objects` that concerns refs: every commit that an event names is kept, every tag is the one that its event
 * makes, and the branch of a draft is at the draft's last commit.
 */
export class RefsCheck implements EventCheck {
  readonly #findings = new CheckFindings();
  readonly #drafts: ReadonlyMap<string, DraftBranch>;

  constructor(
    private readonly parts: {
      readonly objects: GitObjects;
      readonly refs: GitReading['refs'];
      /** Branches of drafts by draft, read before the log was. */
      readonly drafts: ReadonlyMap<string, { readonly ref: string; readonly oid: ObjectId }>;
      /** Everything up to here is published; null when that is not known. */
      readonly upTo: Position | null;
    },
  ) {
    this.#drafts = new Map(
      [...parts.drafts].map(([id, branch]) => [id, { ...branch, expected: null, isKnown: false }]),
    );
  }

  async take(event: RecordedEvent): Promise<void> {
    if (event.type === 'Committed') await this.#takeCommitted(event);
    if (event.type === 'Tagged') await this.#takeTagged(event);
  }

  conclude(interrupted: string | null): CheckResult {
    for (const { ref, oid, expected, isKnown } of this.#drafts.values()) {
      // A draft that has committed nothing is at the commit it was started from, of which the log says nothing.
      if (expected === null) continue;
      this.#findings.compared += 1;
      if (isKnown) continue;
      const what = `${ref} is not at the last commit of its draft.`;
      this.#findings.differs({ what, event: expected.event, expected: expected.commit, found: oid });
    }
    this.#findings.cannot(interrupted);
    return checkResult('objects', this.#findings);
  }

  async #takeCommitted(event: RecordedEvent<Committed>): Promise<void> {
    const { commit, draft } = event.data;
    await this.#compare(event, keepingRef(commit), commit);
    const branch = this.#drafts.get(draft);
    if (branch === undefined) return;
    if (this.#isPublished(event)) {
      branch.expected = { commit, event: placeOf(event) };
      branch.isKnown = branch.oid === commit;
    } else {
      branch.isKnown ||= branch.oid === commit;
    }
  }

  async #takeTagged(event: RecordedEvent<Tagged>): Promise<void> {
    const tag = await this.parts.objects.writeTag(renderTag(event));
    await this.#compare(event, tagRef(event.data.tag), tag);
  }

  async #compare(event: RecordedEvent<Committed | Tagged>, ref: string, expected: ObjectId): Promise<void> {
    const found = await this.parts.refs.read(ref);
    if (found === null && event.type === 'Tagged' && !this.#isPublished(event)) return;
    this.#findings.compared += 1;
    if (found === expected) return;
    const what = `${ref} is not what ${placeOf(event)} has made it.`;
    this.#findings.differs({ what, event: placeOf(event), expected, found });
  }

  #isPublished({ position }: RecordedEvent): boolean {
    return this.parts.upTo !== null && position <= this.parts.upTo;
  }
}
