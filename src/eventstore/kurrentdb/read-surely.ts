import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '../errors';
import { failureOf } from './failure';
import { retryPauseMs } from './retry-pause';

/**
 * What `read` answers, asked again while what it fails with may pass: a server that starts again, a cluster that is choosing
 * its leader. A decision then takes some seconds longer instead of being refused.
 *
 * @param read one read, within a time in milliseconds.
 * @param ms for all of it.
 * @param signal ends the asking: the store is closing.
 * @throws what the last read failed with.
 */
export async function readSurely<T>(ms: number, read: (ms: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const until = performance.now() + ms;
  for (let tries = 0; ; tries++) {
    try {
      return await read(Math.max(until - performance.now(), 1));
    } catch (error) {
      const pauseMs = retryPauseMs(tries);
      if (!mayPass(error) || performance.now() + pauseMs >= until) throw error;
      await pause(pauseMs, undefined, { signal }).catch(() => Promise.reject(error as Error));
    }
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof StoreUnavailable && ['unknown', 'not leader'].includes(failureOf(error.cause));
}
