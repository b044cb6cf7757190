import { ContentAwaited } from '../errors';
import { type GitRefs, keepingRef, type ObjectId } from '../git-repository';
import { Backoff } from '../remote/backoff';
import { Refusals } from '../remote/refusals';
import { type RefUpdate, type Remote, TransferFailed } from '../transfer';
import { fetchApart } from './fetch-apart';

const FAILING = { firstMs: 200, mostMs: 5_000 };
/** A ref that cannot be had is asked for less often. */
const REFUSED = { firstMs: 1_000, mostMs: 60_000 };
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
  /** A commit that was given cannot be had although the remote is in reach; told once for each ref and message. */
  readonly onRefused?: (ref: string, message: string) => void;
  /** From 0 to 1. */
  readonly random?: () => number;
}): ContentExchange {
  const { refs, remote, signal, onRefused = () => undefined, random = Math.random } = options;
  const now = (): number => performance.now();
  const backoff = new Backoff({ ...FAILING, now, random });
  const refusals = new Refusals({ ...REFUSED, now, random, onRefused });
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
      refusals.keepOnly(new Set(missing));
      const due = missing.filter((ref) => refusals.mayTry(ref));
      await fetchApart(remote, { refs: due, told: (ref, message) => refusals.told(ref, message) }, signal);
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
      const update = { ref: keepingRef(commit), next: commit };
      if ((await pushed(remote, update, signal)) === null) return;
      // Where the answer was lost, or another node gave the same at the same moment, a second push finds it there.
      const failure = await pushed(remote, update, signal);
      if (failure !== null) throw failure;
    },
    async take(commit) {
      if (await isHere(commit)) return;
      await lookFor(commit);
      if (await isHere(commit)) return;
      const refused = refusals.list().find(({ ref }) => ref === keepingRef(commit));
      throw new ContentAwaited(commit, refused === undefined ? 'the remote does not hold it.' : unfetched(refused));
    },
  };
}

/** What to do about a commit that the remote holds and does not give. */
function unfetched({ ref, message }: { readonly ref: string; readonly message: string }): string {
  return (
    `${ref} of the remote cannot be fetched: ${message} In the remote repository, git fsck --full says what is damaged or missing. ` +
    'Copy that there from a clone that has the commit whole.'
  );
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
