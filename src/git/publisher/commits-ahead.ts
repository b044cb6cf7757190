import { type Position } from '../../domain';
import { isOnFirstParentLine } from '../first-parent-line';
import { type GitRepository, type ObjectId } from '../git-repository';
import { type AdoptionGround, groundsOf } from './adoptions';
import { type ExpectedRefs } from './expected-refs';
import { eventAt, LONGEST_LEAD, type PublishedLog } from './own-commit';
import { type Predicted } from './publisher';
import { needsOperator } from './retry';

/** Verdicts that are remembered. */
const REMEMBERED = 1_000;

/** Says whether a commit is one that `main` comes to by what the log holds and this node has not published. */
export type IsAhead = (commit: ObjectId) => Promise<boolean>;

/**
 * Recognises the commits of other nodes that this one has not come to, also while it publishes nothing: one that an adoption names, or
 * exactly the one that an event makes, on top of such a commit or of where this node stands. False for what is not here. Goes by what
 * `expected` has taken in, and remembers its verdicts.
 *
 * @throws StoreUnavailable, LogDamaged
 */
export function createIsAhead(of: {
  readonly repository: GitRepository;
  readonly store: PublishedLog;
  readonly expected: ExpectedRefs;
  readonly predicted: () => Predicted;
}): IsAhead {
  const { repository, store, expected, predicted } = of;
  const { objects } = repository;
  const verdicts = new Map<string, boolean>();
  let known: { readonly adoptions: number; readonly grounds: readonly AdoptionGround[] } | null = null;

  const grounds = async (): Promise<readonly AdoptionGround[]> => {
    const { adoptions } = expected;
    if (known?.adoptions !== adoptions) known = { adoptions, grounds: await groundsOf(store) };
    return known.grounds;
  };

  const judge = async (commit: ObjectId, { tip, after }: Predicted): Promise<boolean> => {
    const isToCome = (position: Position): boolean => after === null || position > after;
    const all = await grounds();
    const adopted = all.flatMap(({ adoption }) => (isToCome(adoption.position) ? [adoption.data.commit] : []));
    if (adopted.includes(commit)) return true;
    for (const ground of [...all].reverse()) {
      const event = await eventAt(commit, { ...ground, objects, log: store });
      if (typeof event === 'string') continue;
      if (!isToCome(event.position)) return false;
      for (const wanted of tip === null ? adopted : [...adopted, tip]) {
        if (await isOnFirstParentLine(objects, { tip: commit, wanted, most: LONGEST_LEAD })) return true;
      }
      return false;
    }
    return false;
  };

  return async (commit) => {
    const now = predicted();
    const { position } = expected;
    if (position === null || (now.after !== null && position <= now.after)) return false;
    if (!(await objects.has(commit))) return false;
    const key = [commit, now.tip, now.after, position].join(' ');
    const verdict = verdicts.get(key) ?? (await judge(commit, now).catch(noCommitOfLog));
    if (verdicts.size >= REMEMBERED) verdicts.clear();
    verdicts.set(key, verdict);
    return verdict;
  };
}

/** No event makes a commit where what stands below it cannot be rendered on. */
function noCommitOfLog(error: unknown): false {
  if (needsOperator(error)) return false;
  throw error;
}
