import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AllStreamRecordedEvent, type AllStreamSubscription } from '@eventstore/db-client';
import { OutOfTime, within } from './deadlines';
import { endReading } from './read-events';

/** Events that are given at once. */
export const BATCH = 500;

/**
 * What a subscription brings, as much at once as has come: a server drops one that is slow. Ends with the signal, or when the
 * server ends it, and ends the subscription however it is left.
 *
 * @returns batches, and `silence` each time that nothing has come for so long.
 * @throws what the client fails with.
 */
export async function* liveBatches(
  subscription: AllStreamSubscription,
  { silenceMs, signal }: { readonly silenceMs: number; readonly signal: AbortSignal },
): AsyncGenerator<readonly AllStreamRecordedEvent[] | 'silence'> {
  let end: { readonly error: Error | null } | null = null;
  let wake = (): void => undefined;
  const over = (error: Error | null): void => {
    end ??= { error };
    wake();
  };
  const abort = (): void => over(null);
  // Stays for ever: an error that comes later must not end the process.
  subscription.on('error', over);
  for (const ending of ['end', 'close'] as const) subscription.on(ending, abort);
  subscription.on('readable', () => wake());
  signal.addEventListener('abort', abort);
  const ended = (): typeof end => end;
  try {
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const batch = eventsIn(subscription);
      if (batch.length > 0) {
        yield batch;
        await nextTurn(); // others want to go on too
        continue;
      }
      const ending = ended();
      if (ending?.error != null) throw ending.error;
      if (ending !== null) return;
      if (!(await inTime(silenceMs, woken))) yield 'silence';
    }
  } finally {
    signal.removeEventListener('abort', abort);
    endReading(subscription);
  }
}

/** What has come, without waiting. */
function eventsIn(subscription: AllStreamSubscription): AllStreamRecordedEvent[] {
  const events: AllStreamRecordedEvent[] = [];
  while (events.length < BATCH) {
    const item = subscription.read() as { readonly event?: AllStreamRecordedEvent } | null;
    if (item === null) break;
    if (item.event !== undefined) events.push(item.event);
  }
  return events;
}

async function inTime(ms: number, happening: Promise<void>): Promise<boolean> {
  try {
    await within(ms, happening);
    return true;
  } catch (error) {
    if (error instanceof OutOfTime) return false;
    throw error;
  }
}
