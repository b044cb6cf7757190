import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for some milliseconds, or until the signal aborts: then not at all. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
