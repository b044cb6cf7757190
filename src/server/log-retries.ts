import { ContentAwaited } from '../git';
import { type Log } from './log';

/** Milliseconds between two lines that say that the same content is awaited still: it is asked for every two seconds. */
const AWAITED_AGAIN_MS = 60_000;

/**
 * Logs what is tried again while events are published to Git. Content that is awaited is no fault of this node and may take hours:
 * it is told once, then every minute, without a stack.
 *
 * @param now milliseconds of a clock that is never set back.
 */
export function logRetries(
  log: Pick<Log, 'warn'>,
  now: () => number = () => performance.now(),
): (error: unknown, delayMs: number) => void {
  let told: { readonly oid: string; readonly at: number } | null = null;
  return (error, delayMs) => {
    if (!(error instanceof ContentAwaited)) {
      log.warn({ err: error, delayMs }, 'publishing to Git failed and is tried again');
      return;
    }
    const { oid, message } = error;
    if (told?.oid === oid && now() - told.at < AWAITED_AGAIN_MS) return;
    told = { oid, at: now() };
    log.warn({ reason: message, delayMs }, 'publishing to Git waits for content');
  };
}
