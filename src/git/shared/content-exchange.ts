import { ContentAwaited } from '../errors';
import { type GitRefs, keepingRef, type ObjectId } from '../git-repository';
import { Backoff } from '../remote/backoff';
import { type RefUpdate, type Remote, TransferFailed } from '../transfer';

const FAILING = { firstMs: 200, mostMs: 5_000 };
/** Milliseconds for which the remote is not asked again for an object that it was just seen to lack. */
const LACKING_MS = 500;
/** Objects that are remembered as lacking. */
const REMEMBERED = 1_000;
const KEEPING = keepingRef('');

/** The content that nodes of one log have of each other, through a remote that all of them reach. */
export interface ContentExchange {
  /**
   * Puts a commit and all below it where every node finds it. Doing it again does no harm.
   * @throws TransferFailed when the remote cannot be reached or does not take it.
   */
  give(commit: ObjectId): Promise<void>;

  /**
   * Resolves when a commit that another node may have given is here, with all below it.
   * @throws ContentAwaited
   */
  take(commit: ObjectId): Promise<void>;

  /**
   * Fetches every commit that was given and is not here, for an object that is missing: it may be below one of them.
   * @throws ContentAwaited when the remote cannot be reached.
   */
  lookFor(missing: ObjectId): Promise<void>;
}

/** Exchanges content over the keeping refs of a remote. One fetch at a time, for all who wait. */
export function createContentExchange(options: {
  readonly refs: GitRefs;
  readonly remote: Remote;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly random?: () => number;
}): ContentExchange {
  const { refs, remote, signal, random = Math.random } = options;
  const now = (): number => performance.now();
  const backoff = new Backoff({ ...FAILING, now, random });
  const lacking = new Map<ObjectId, number>();
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const isHere = async (commit: ObjectId): Promise<boolean> => (await refs.read(keepingRef(commit))) === commit;

  const fetchGiven = async (): Promise<void> => {
    try {
      const missing: string[] = [];
      for (const [ref, oid] of await remote.refs('all', signal)) {
        // A ref that is not named by its content was not made by us.
        if (ref === keepingRef(oid) && ref.startsWith(KEEPING) && !(await isHere(oid))) missing.push(ref);
      }
      await remote.fetchAll(missing, signal);
      backoff.succeeded();
    } catch (error) {
      backoff.failed(error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
  const begin = (): Promise<void> => {
    running = fetchGiven().finally(() => {
      running = null;
    });
    return running;
  };
  /** A fetch that begins after the call: one under way may have looked too early. */
  const fresh = (): Promise<void> => {
    if (running === null) return begin();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };

  const lookFor = async (missing: ObjectId): Promise<void> => {
    if (now() < (lacking.get(missing) ?? 0)) return;
    if (backoff.waitMs > 0) throw new ContentAwaited(missing, `the remote cannot be reached: ${backoff.message ?? ''}`);
    try {
      await fresh();
    } catch (error) {
      if (!(error instanceof TransferFailed)) throw error;
      throw new ContentAwaited(missing, `the remote cannot be reached: ${error.message}`, { cause: error });
    }
    if (lacking.size >= REMEMBERED) lacking.clear();
    lacking.set(missing, now() + LACKING_MS);
  };

  return {
    lookFor,
    async give(commit) {
      const ref = keepingRef(commit);
      const failure = await pushed(remote, { ref, next: commit }, signal);
      if (failure === null) return;
      // The answer was lost, or another node gave the same at the same moment: the remote's refs alone say what happened.
      if ((await remote.refs('all', signal)).get(ref) !== commit) throw failure;
    },
    async take(commit) {
      if (await isHere(commit)) return;
      await lookFor(commit);
      if (!(await isHere(commit))) throw new ContentAwaited(commit, 'the remote does not hold it.');
    },
  };
}

/** What a remote said against a push of one ref; null where it took it. */
export async function pushed(remote: Remote, update: RefUpdate, signal: AbortSignal): Promise<TransferFailed | null> {
  try {
    const { accepted, refused } = await remote.push([update], signal);
    if (accepted.has(update.ref)) return null;
    return new TransferFailed(refused.get(update.ref) ?? 'The remote did not say what became of it.');
  } catch (error) {
    if (!(error instanceof TransferFailed) || signal.aborted) throw error;
    return error;
  }
}
