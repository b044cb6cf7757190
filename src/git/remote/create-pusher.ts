import { type GitRepository, type ObjectId } from '../git-repository';
import { type ExpectedRefs } from '../publisher/expected-refs';
import { type ListFirstParents, type Remote } from '../transfer';
import { Backoff } from './backoff';
import { Contact, type Sight } from './contact';
import { createRemoteKnowledge } from './learn-of-remote';
import { type Pusher, type PusherHooks, type PusherStatus } from './pusher';
import { createOutgoingRefs } from './read-outgoing-refs';
import { Refusals } from './refusals';
import { type SharedLog } from './shared-log';

/** Milliseconds that a push waits for more to push with it. */
const GATHERING_MS = 50;
/** Milliseconds between two counts of what waits while the remote cannot be reached. */
const COUNTING_MS = 500;
const FAILING = { firstMs: 500, mostMs: 30_000 };
/** A remote that says no is asked less often. */
const REFUSED = { firstMs: 1_000, mostMs: 60_000 };

export interface PusherOptions {
  readonly repository: GitRepository;
  /** What the log says of refs. */
  readonly expected: ExpectedRefs;
  readonly remote: Remote;
  readonly firstParents: ListFirstParents;
  /** How far `main` is published; null while nothing is. */
  readonly publishedTip: () => ObjectId | null;
  /** Milliseconds between two looks at the remote's refs. */
  readonly observeEveryMs: number;
  /** Null, or left out, for a log that this node alone publishes. */
  readonly shared?: SharedLog | null;
  readonly hooks?: PusherHooks;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** A pusher of one repository to one remote. */
export function createPusher(options: PusherOptions): Pusher {
  const {
    repository,
    expected,
    publishedTip,
    observeEveryMs,
    shared = null,
    hooks = {},
    random = Math.random,
  } = options;
  const clock = { now: () => performance.now(), random };
  const backoff = new Backoff({ ...FAILING, ...clock });
  const refusals = new Refusals({ ...REFUSED, ...clock, onRefused: (ref, message) => hooks.onRefused?.(ref, message) });
  const contact = new Contact({
    repository,
    remote: options.remote,
    outgoing: createOutgoingRefs({ repository, log: expected, publishedTip, shared }),
    learn: createRemoteKnowledge({ repository, firstParents: options.firstParents, shared }),
    isShared: shared !== null,
    refusals,
    onSetBack: (from, to) => hooks.onSetBack?.(from, to),
  });

  let sight: Sight | null = null;
  let behindSince: number | null = null;
  let nextContact = clock.now();
  let underWay: Promise<boolean> | null = null;
  let stirred = false;
  let stir = (): void => undefined;
  let asked: ((holds: boolean) => void)[] = [];
  let stopping: AbortSignal | null = null;

  const seen = (now: Sight | null): void => {
    const before = sight;
    sight = now;
    if (now === null) return;
    const isBehind = now.plan.updates.length + now.plan.deletions.length > 0;
    behindSince = isBehind ? (behindSince ?? clock.now()) : null;
    const told = (of: Sight | null): string => JSON.stringify(of?.plan.drift ?? []);
    if (told(before) !== told(now)) hooks.onDrift?.(now.plan.drift);
  };

  /** @returns whether the remote now holds everything that it must. */
  const reach = async (signal: AbortSignal): Promise<boolean> => {
    stirred = false;
    try {
      const now = await contact.make(signal);
      seen(now);
      backoff.succeeded();
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- wake() sets it meanwhile.
      nextContact = stirred ? clock.now() + GATHERING_MS : clock.now() + observeEveryMs * (0.8 + random() * 0.4);
      const { updates, deletions, drift } = now.plan;
      return updates.length + deletions.length + drift.length === 0;
    } catch (error) {
      if (signal.aborted) return false;
      const delayMs = backoff.failed(error instanceof Error ? error.message : String(error));
      nextContact = clock.now() + delayMs;
      hooks.onRetry?.(error, delayMs);
      return false;
    }
  };

  const begin = (signal: AbortSignal): void => {
    const waiting = asked;
    asked = [];
    underWay = reach(signal).finally(() => {
      underWay = null;
      if (asked.length > 0) nextContact = clock.now();
      stir();
    });
    void underWay.then((holds) => {
      for (const answer of waiting) answer(holds);
    });
  };

  /** Counts what waits, going by what was seen last. What cannot be read here is told by the next contact. */
  const count = async (): Promise<void> => {
    const now = await contact.sight().catch(() => null);
    if (underWay !== null || backoff.message !== null) seen(now ?? sight);
  };

  const state = (): PusherStatus['state'] => {
    if (backoff.message !== null) return 'failing';
    if (sight === null) return 'starting';
    if (sight.plan.drift.length > 0) return 'drifted';
    if (refusals.list().length > 0) return 'refused';
    return sight.plan.updates.length + sight.plan.deletions.length > 0 || stirred ? 'behind' : 'in step';
  };

  return {
    wake() {
      stirred = true;
      if (backoff.message === null) nextContact = Math.min(nextContact, clock.now() + GATHERING_MS);
      stir();
    },
    push: () =>
      new Promise((resolve) => {
        if (stopping?.aborted === true) {
          resolve(false);
          return;
        }
        asked.push(resolve);
        refusals.retryNow();
        nextContact = clock.now();
        stir();
      }),
    status: () => ({
      state: state(),
      lag: {
        refs: sight === null ? null : sight.plan.updates.length + sight.plan.deletions.length,
        commits: sight?.ahead?.length ?? null,
        seconds: behindSince === null ? null : Math.round((clock.now() - behindSince) / 1_000),
      },
      failing: backoff.message,
      failingForMs: backoff.forMs,
      refused: refusals.list(),
      drift: sight?.plan.drift ?? [],
    }),
    async run(signal) {
      stopping = signal;
      signal.addEventListener('abort', () => stir(), { once: true });
      let counted = 0;
      while (!signal.aborted) {
        if (underWay === null && clock.now() >= nextContact) begin(signal);
        if (stirred && clock.now() - counted >= COUNTING_MS) {
          counted = clock.now();
          await count();
        }
        const idle = underWay === null ? nextContact - clock.now() : COUNTING_MS;
        const wait = stirred ? Math.min(idle, COUNTING_MS) : idle;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(1, wait));
          stir = () => {
            clearTimeout(timer);
            resolve();
          };
          if (signal.aborted) stir();
        });
      }
      await underWay;
      for (const answer of asked.splice(0)) answer(false);
    },
  };
}
