import { type Adopted, type Position, type RecordedEvent } from '../../domain';
import { type EventLog } from '../../eventstore';
import { writeEventCommit } from '../commit-form/materialise';
import { namedEvent } from '../commit-form/trailers';
import { type GitObjects, type ObjectId } from '../git-repository';
import { adoptionsInForce } from '../publisher/adoptions';
import { isCommitMaking, type RecordedCommitMaking } from '../publisher/commit-making';
import { CommitIds } from './commit-ids';
import { type EventCheck, CheckFindings } from './event-check';
import { firstDifferenceOnMain } from './first-difference-on-main';
import { type CheckResult, checkResult, placeOf, wordsOf } from './verification';

/** How far `main` has come. */
export interface PublishedUpTo {
  /** Place of the event that the tip is; null for the adopted commit. */
  readonly event: string | null;
  readonly position: Position | null;
}

/**
 * `commits`: computes the commit of every event on `main` from the log alone. A commit names its parents by hash: when the
 * tip is among the computed ids, everything below it is as computed too.
 */
export class CommitsCheck implements EventCheck {
  readonly #parts: CommitsCheckParts;
  readonly #adoptions: readonly RecordedEvent<Adopted>[];
  readonly #ids = new CommitIds();
  readonly #findings = new CheckFindings();
  /** Each adopted commit that has come into force, and the index of the id that stands on it. */
  readonly #starts = new Map<ObjectId, number>();
  #adoption: RecordedEvent<Adopted> | null = null;
  #parent: ObjectId | null = null;
  #published: PublishedUpTo | null = null;
  #after = 0;

  constructor(parts: CommitsCheckParts) {
    this.#parts = parts;
    this.#adoptions = adoptionsInForce(parts.adoptions);
    this.#takeOver(this.#adoptions[0]);
  }

  /** How far `main` has come; null when its tip is no computed commit. */
  get published(): PublishedUpTo | null {
    return this.#published;
  }

  /** Commits that the log makes and `main` does not hold yet. */
  get unpublished(): number {
    return this.#published === null ? 0 : this.#after;
  }

  async take(event: RecordedEvent): Promise<void> {
    if (!isCommitMaking(event)) return;
    const commit = await this.#commitOf(event);
    this.#parent = commit;
    await this.#parts.onCommit?.(event, commit);
    if (commit === null) return;
    this.#ids.push(commit);
    if (this.#published !== null) this.#after += 1;
    if (commit === this.#parts.tip) this.#published = { event: placeOf(event), position: event.position };
    else if (event.metadata.eventId === this.#parts.known && this.#published !== null) this.#movedBack(event, commit);
    await this.#adoptAgain(event, commit);
  }

  async conclude(interrupted: string | null): Promise<CheckResult> {
    const findings = this.#findings;
    const { adoptions } = this.#parts;
    findings.compared = this.#ids.length - this.#after;
    if (adoptions.length === 0) return this.#nothingAdopted(interrupted);
    const left = this.#adoptions[this.#starts.size];
    if (left !== undefined && interrupted === null && findings.unchecked === null) {
      const what = `${placeOf(left)} goes on from event ${String(left.data.previousEventId)}, which is not in the log.`;
      findings.differs({ what, event: placeOf(left), expected: left.data.previousEventId, found: null });
    }
    if (this.#published === null)
      findings.differs(await firstDifferenceOnMain({ ...this.#parts, ids: this.#ids, starts: this.#starts }));
    findings.cannot(interrupted);
    return checkResult('commits', findings);
  }

  /** Null once it cannot be computed. That of an event that is not published yet need not be: it may rest on nothing but memory. */
  async #commitOf(event: RecordedCommitMaking): Promise<ObjectId | null> {
    const [adoption, firstParent] = [this.#adoption?.data, this.#parent];
    if (adoption === undefined || firstParent === null) return null;
    try {
      return await writeEventCommit(this.#parts.objects, { event, adoption, firstParent });
    } catch (error) {
      const why = `The commit of ${placeOf(event)} cannot be computed: ${wordsOf(error)}`;
      if (this.#published === null) this.#findings.cannot(why);
      return null;
    }
  }

  /** Where adoptions go on after this event, what follows stands on the commit that the last of them adopts. */
  async #adoptAgain(last: RecordedCommitMaking, commit: ObjectId): Promise<void> {
    let below = commit;
    for (;;) {
      const next = this.#adoptions[this.#starts.size];
      if (next?.data.previousEventId !== last.metadata.eventId) return;
      if (!(await this.#isBelow(below, next.data.commit))) {
        const what = `${placeOf(next)} adopts a commit whose first parents do not lead to the commit of ${placeOf(last)}.`;
        this.#findings.differs({ what, event: placeOf(next), expected: below, found: next.data.commit });
      }
      if (this.#published !== null) this.#movedBack(next, next.data.commit);
      this.#takeOver(next);
      below = next.data.commit;
    }
  }

  #takeOver(adoption: RecordedEvent<Adopted> | undefined): void {
    if (adoption === undefined) return;
    const { commit } = adoption.data;
    this.#adoption = adoption;
    this.#starts.set(commit, this.#ids.length);
    this.#parent = commit;
    if (commit === this.#parts.tip) this.#published = { event: null, position: null };
  }

  #movedBack(event: RecordedEvent, commit: ObjectId): void {
    const what = `main held the commit of ${placeOf(event)} and stands before it now.`;
    this.#findings.differs({ what, event: placeOf(event), expected: commit, found: this.#parts.tip });
  }

  async #isBelow(commit: ObjectId, above: ObjectId): Promise<boolean> {
    let at: ObjectId | undefined = above;
    while (at !== undefined && at !== commit) [at] = (await this.#parts.objects.readCommit(at)).parents;
    return at === commit;
  }

  /** Commits that events have made are not without a log. */
  async #nothingAdopted(interrupted: string | null): Promise<CheckResult> {
    const { tip, objects } = this.#parts;
    const message = tip === null ? '' : (await objects.readCommit(tip)).message;
    if (namedEvent(message) !== null) {
      const what = 'main is at a commit that an event has made, and the log holds no adoption.';
      this.#findings.differs({ what, event: null, expected: null, found: tip });
    }
    this.#findings.cannot(interrupted);
    return checkResult('commits', this.#findings);
  }
}

export interface CommitsCheckParts {
  readonly log: EventLog;
  readonly objects: GitObjects;
  readonly adoptions: readonly RecordedEvent<Adopted>[];
  /** Commit that `main` is at; null when there is no such branch. */
  readonly tip: ObjectId | null;
  /** Id of an event whose commit `main` held before `tip` was read; null when none is known. */
  readonly known: string | null;
  /** Told of the commit of each event that makes one, in order; null when it cannot be computed. */
  readonly onCommit?: (event: RecordedCommitMaking, commit: ObjectId | null) => Promise<void> | void;
}
