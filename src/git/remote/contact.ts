import { type GitRepository, keepingRef, MAIN_REF, type ObjectId } from '../git-repository';
import { type RefUpdate, type Remote, TransferFailed } from '../transfer';
import { type LearnOfRemote } from './learn-of-remote';
import { type OutgoingRefs } from './outgoing-refs';
import { planPush, type PushPlan } from './plan-push';
import { observedRef, type RemoteDrift } from './pusher';
import { type Refusals } from './refusals';
import { pushApart } from './push-apart';

/** Commits of `main` in one push, so that a slow line gets on. */
const MAX_COMMITS = 500;
/** Pushes of one contact: what is left then is pushed by the next one, after another look. */
const MAX_ROUNDS = 50;
/** Refs below `refs/slipway/` are ours alone and many: they are listed again only after so many looks, or when a push failed. */
const LOOKS_PER_LISTING = 100;

/** Where a remote stands, and what is left to do there. */
export interface Sight {
  readonly refs: ReadonlyMap<string, ObjectId>;
  readonly plan: PushPlan;
  readonly ahead: readonly ObjectId[] | null;
  /** Refs that have to be fetched before they can be judged. */
  readonly unread: ReadonlyMap<string, ObjectId>;
}

export interface ContactOptions {
  readonly repository: GitRepository;
  readonly remote: Remote;
  readonly outgoing: () => Promise<OutgoingRefs>;
  readonly learn: LearnOfRemote;
  /** Whether other nodes push the refs of their drafts to the same remote. */
  readonly isShared: boolean;
  readonly refusals: Refusals;
  /** Somebody took the remote's `main` back to an earlier commit, or away (null). */
  readonly onSetBack: (from: ObjectId, to: ObjectId | null) => void;
}

/** Looks at a remote and pushes what it lacks. */
export class Contact {
  readonly #options: ContactOptions;
  #listed: ReadonlyMap<string, ObjectId> | null = null;
  #looks = 0;
  /** What of the remote could not be fetched at this contact; the next one asks again. */
  readonly #lost = new Set<ObjectId>();

  constructor(options: ContactOptions) {
    this.#options = options;
  }

  /** What is to do, going by the refs as they were seen last; null before. */
  async sight(): Promise<Sight | null> {
    return this.#listed === null ? null : this.#assess(this.#listed);
  }

  /**
   * Observes the remote, pushes, and fetches what drifted.
   * @throws TransferFailed when the remote cannot be reached.
   */
  async make(signal: AbortSignal): Promise<Sight> {
    this.#lost.clear();
    try {
      const before = this.#listed?.get(MAIN_REF);
      this.#listed = await this.#observe(signal);
      let sight = await this.#judged(await this.#assess(this.#listed), signal);
      const isSetBack = before !== undefined && sight.ahead?.includes(before) === true;
      if (isSetBack && this.#listed.get(MAIN_REF) !== before) {
        this.#options.onSetBack(before, this.#listed.get(MAIN_REF) ?? null);
      }
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const updates = this.#next(sight);
        if (updates.length === 0) break;
        const pushed = await pushApart(this.#options.remote, { updates, before: this.#listed }, signal);
        this.#listed = pushed.refs;
        for (const { ref } of updates) this.#options.refusals.told(ref, pushed.refused.get(ref) ?? null);
        sight = await this.#judged(await this.#assess(this.#listed), signal);
      }
      this.#options.refusals.keepOnly(new Set([...sight.plan.deletions, ...sight.plan.updates].map(({ ref }) => ref)));
      await this.#keepObserved(sight.plan.drift, signal);
      return sight;
    } catch (error) {
      // What a push that broke off has done is not known.
      this.#looks = 0;
      throw error;
    }
  }

  async #observe(signal: AbortSignal): Promise<ReadonlyMap<string, ObjectId>> {
    const listed = this.#listed;
    const all = listed === null || this.#looks % LOOKS_PER_LISTING === 0;
    const { remote, isShared } = this.#options;
    const some = isShared ? 'branches, tags and drafts' : 'branches and tags';
    const seen = await remote.refs(all ? 'all' : some, signal);
    this.#looks += 1;
    if (all) return seen;
    const unseen = isShared ? keepingRef('') : 'refs/slipway/';
    const ours = [...listed].filter(([ref]) => ref.startsWith(unseen));
    return new Map([...ours, ...seen]);
  }

  async #assess(refs: ReadonlyMap<string, ObjectId>): Promise<Sight> {
    const outgoing = await this.#options.outgoing();
    const learnt = await this.#options.learn(outgoing, refs, this.#lost);
    return { refs, plan: planPush(outgoing, refs, learnt), ahead: learnt.ahead, unread: learnt.unread };
  }

  /** Reads the refs that nothing can be said of without. */
  async #judged(sight: Sight, signal: AbortSignal): Promise<Sight> {
    if (sight.unread.size === 0) return sight;
    for (const [ref, oid] of sight.unread) {
      if (!(await this.#observed(ref, signal))) this.#lost.add(oid);
    }
    return this.#assess(sight.refs);
  }

  /** One push: what has to go before what is to come, `main` a part at a time, and nothing that was just refused. */
  #next({ plan, ahead }: Sight): readonly RefUpdate[] {
    const due = (updates: readonly RefUpdate[]): readonly RefUpdate[] =>
      updates.filter(({ ref }) => this.#options.refusals.mayTry(ref));
    const deletions = due(plan.deletions);
    if (deletions.length > 0) return deletions;
    const part = ahead?.[MAX_COMMITS - 1];
    return due(plan.updates).map((update) =>
      update.ref === MAIN_REF && part !== undefined ? { ref: MAIN_REF, next: part } : update,
    );
  }

  /** Keeps the foreign commits of drift readable here, and lets go of those of drift that is over. */
  async #keepObserved(drift: readonly RemoteDrift[], signal: AbortSignal): Promise<void> {
    const { refs } = this.#options.repository;
    const wanted = new Map(drift.map(({ ref, found }) => [observedRef(ref), { ref, found }]));
    for (const { ref: kept, oid } of await refs.list(observedRef('refs/'))) {
      if (!wanted.has(kept)) await refs.compareAndSet(kept, oid, null);
    }
    for (const [into, { ref, found }] of wanted) {
      if (ref.startsWith('refs/slipway/') || (await refs.read(into)) === found) continue;
      // Drift is told all the same; what it consists of is not known here then.
      await this.#observed(ref, signal);
    }
  }

  /** Fetches a ref of the remote to where it is kept. @returns false where it could not be had. */
  async #observed(ref: string, signal: AbortSignal): Promise<boolean> {
    const into = observedRef(ref);
    const { remote, refusals } = this.#options;
    if (!refusals.mayTry(into)) return false;
    try {
      await remote.fetch(ref, into, signal);
      refusals.told(into, null);
      return true;
    } catch (error) {
      if (!(error instanceof TransferFailed) || signal.aborted) throw error;
      refusals.told(into, error.message);
      return false;
    }
  }
}
