import { type Position } from '../domain';
import { type EventStore } from '../eventstore';
import { pause } from '../git';
import { type Log } from './log';

/** Pause, in milliseconds, before drafts are ended again that could not be. */
const ENDING_AGAIN_MS = 2_000;

/**
 * Ends drafts of this node whose release another node has staged, as long as the signal lasts.
 * @param from the head of the log at the call or before; null where it was empty.
 * @param ended whether what was staged up to there has ended its drafts already; else that comes first.
 */
export async function endAsStaged(
  store: EventStore,
  {
    from,
    ended,
    endStaged,
  }: { readonly from: Position | null; readonly ended: boolean; readonly endStaged: () => Promise<void> },
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  for (let [after, isEnded] = [from, ended]; !signal.aborted;) {
    try {
      if (!isEnded) await endStaged();
      isEnded = true;
      for await (const { position } of store.subscribe({ after, types: ['Staged'], signal })) {
        await endStaged();
        after = position;
      }
    } catch (error) {
      log.warn({ err: error }, 'drafts whose release is staged could not be ended and are ended again');
      await pause(ENDING_AGAIN_MS, signal);
    }
  }
}
