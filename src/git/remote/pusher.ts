import { type ObjectId } from '../git-repository';

/** A ref of the remote that is not where the log predicts it, and not on the way there. */
export interface RemoteDrift {
  readonly ref: string;
  /** Where it must be. */
  readonly expected: ObjectId;
  readonly found: ObjectId;
}

/** A ref that the remote does not let us move. */
export interface RefusedRef {
  readonly ref: string;
  /** In the words of the remote and of git. */
  readonly message: string;
  /** Milliseconds since it was refused first. */
  readonly forMs: number;
}

/** How far the remote is behind. */
export interface PushLag {
  /** Refs of the remote that are not where they must be, drift not counted; null before the remote was ever reached. */
  readonly refs: number | null;
  /** Commits of `main` that the remote lacks; null before it was ever reached, and while its `main` has drifted. */
  readonly commits: number | null;
  /** Seconds since the remote began to be behind; null when it is not, or was never reached. */
  readonly seconds: number | null;
}

/** How pushing stands; what operators see in `/readyz`. */
export interface PusherStatus {
  /**
   * `starting` before the first answer; `in step`; `behind` while there is something to push; `failing` while the remote cannot
   * be reached; `refused` while it does not let a ref move; `drifted` when somebody else moved one.
   */
  readonly state: 'starting' | 'in step' | 'behind' | 'failing' | 'refused' | 'drifted';
  readonly lag: PushLag;
  /** The last failure, in the words of git, while it is tried again; null when there is none. */
  readonly failing: string | null;
  /** Milliseconds from the first failure in a row; null when there is none. */
  readonly failingForMs: number | null;
  readonly refused: readonly RefusedRef[];
  readonly drift: readonly RemoteDrift[];
}

export interface PusherHooks {
  /** The remote could not be reached, and is tried again after `delayMs`. */
  readonly onRetry?: (error: unknown, delayMs: number) => void;
  /** The remote does not let a ref move; told once for each ref and message. */
  readonly onRefused?: (ref: string, message: string) => void;
  /** The refs of the remote that drifted, whenever that changes; empty when there is no drift any more. */
  readonly onDrift?: (drift: readonly RemoteDrift[]) => void;
  /** Somebody took the remote's `main` back to an earlier commit, or away (null); it is pushed forward again. */
  readonly onSetBack?: (from: ObjectId, to: ObjectId | null) => void;
}

/** Keeps a remote at what is published. Stores nothing: what is to do is the difference between here and there. */
export interface Pusher {
  /** Pushes and observes until the signal aborts; resolves then, however the remote behaves. Call it once. */
  run(signal: AbortSignal): Promise<void>;
  /** Something was published: push soon. */
  wake(): void;
  status(): PusherStatus;
  /**
   * Reaches the remote once more, now, and says whether it then holds everything that it must. Drift and refusals count as not
   * holding.
   */
  push(): Promise<boolean>;
}

/** The ref under which a commit that drift was found at can be read in this repository, once it has been fetched. */
export function observedRef(ref: string): string {
  return `refs/slipway/remote/${ref.slice('refs/'.length)}`;
}
