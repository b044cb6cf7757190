import { type EventStore, placeNumber, StoreUnavailable } from '../eventstore';
import { lacksGitAlone, type Pusher } from '../git';
import { type BackgroundVerifier } from './background-verifier';
import { type SlipwayNode } from './compose';
import { type ReadinessPart } from './http/health';

/** A failure that lasts longer is more than a passing one: consumers of Git are left behind. */
const RETRYING_TOO_LONG_MS = 5_000;

/** Looks at the refs that fail for longer are no passing trouble of the disk. */
const FAILING_TOO_LONG_MS = 5_000;

/** A remote may be away for a while: Git here is complete, and the remote is pushed to when it is back. */
const REMOTE_AWAY_TOO_LONG_MS = 60_000;

/** A server that is restarted, or a cluster that chooses a leader, is back in seconds. */
const STORE_AWAY_TOO_LONG_MS = 5_000;

type Log = Pick<EventStore, 'head' | 'logId'>;

/**
 * The log itself: not ready when it takes nothing more until an operator acts, as after an error of the disk that it cannot judge,
 * or when nothing can be appended for longer than a restart of its server takes.
 */
export function eventLogPart(store: Pick<EventStore, 'status'>): ReadinessPart {
  return {
    name: 'eventLog',
    check: () => {
      const detail = store.status();
      const ready = detail.stopped === null && (detail.failingForMs ?? 0) <= STORE_AWAY_TOO_LONG_MS;
      return Promise.resolve({ ready, detail });
    },
  };
}

/** The followers of the log: read models and Git. */
export function followersOfLog(
  { projections, publisher, joining }: Pick<SlipwayNode, 'projections' | 'publisher' | 'joining'>,
  store: Log,
): readonly ReadinessPart[] {
  return [
    {
      name: 'projections',
      check: () => {
        const detail = projections.status();
        return Promise.resolve({ ready: detail.caughtUp && detail.stopped === null, detail });
      },
    },
    {
      name: 'publisher',
      check: async () => {
        const detail = { ...publisher.status(), joining: joining(), lag: await publisherLag(publisher, store) };
        const { stopped, retryingForMs, lag } = detail;
        const isPassing = stopped === null && (retryingForMs ?? 0) <= RETRYING_TOO_LONG_MS;
        return { ready: lag !== null && isPassing && !detail.joining, detail };
      },
    },
  ];
}

/**
 * Refs that are not what the log predicts. A draft branch is told, and does not make the node unready. Refs that cannot be
 * looked at do: whatever became of them is not seen.
 */
export function driftPart({ driftWatch }: Pick<SlipwayNode, 'driftWatch'>): ReadinessPart {
  return {
    name: 'drift',
    check: () => {
      const [refs, failing] = [driftWatch.current(), driftWatch.failing()];
      const ready = refs.every((drift) => !drift.stopsPublishing) && (failing?.forMs ?? 0) <= FAILING_TOO_LONG_MS;
      const detail = { refs, failing: failing?.message ?? null, failingForMs: failing?.forMs ?? null };
      return Promise.resolve({ ready, detail });
    },
  };
}

/**
 * What the last verification in the background proved; a node that disproves itself is not to be sent work. One that has no
 * `git` program to look at all objects with has disproved nothing.
 */
export function verificationPart(verifier: Pick<BackgroundVerifier, 'last' | 'running' | 'failure'>): ReadinessPart {
  return {
    name: 'verification',
    check: () => {
      const last = verifier.last();
      const detail = {
        passed: last?.passed ?? null,
        startedAt: last?.startedAt ?? null,
        failed: last?.checks.flatMap(({ check, passed }) => (passed ? [] : [check])) ?? [],
        running: verifier.running(),
        failure: verifier.failure(),
      };
      const ready = last?.checks.every((result) => result.passed || lacksGitAlone(result)) !== false;
      return Promise.resolve({ ready, detail });
    },
  };
}

/** The remote, where there is one: not ready when somebody has to act, or when it has been away for too long. */
export function remotePart(pusher: Pusher | null): readonly ReadinessPart[] {
  if (pusher === null) return [];
  const check: ReadinessPart['check'] = () => {
    const detail = pusher.status();
    const needsSomebody = detail.drift.length + detail.refused.length > 0;
    return Promise.resolve({
      ready: !needsSomebody && (detail.failingForMs ?? 0) <= REMOTE_AWAY_TOO_LONG_MS,
      detail,
    });
  };
  return [{ name: 'remote', check }];
}

/** Events of the log that are not in Git yet; null when the log cannot be read. */
export async function publisherLag(publisher: SlipwayNode['publisher'], store: Log): Promise<number | null> {
  const head = await store.head().catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return error;
    throw error;
  });
  if (head instanceof StoreUnavailable) return null;
  const { position } = publisher.status();
  return Math.max(0, placeNumber(store, head) - placeNumber(store, position));
}
