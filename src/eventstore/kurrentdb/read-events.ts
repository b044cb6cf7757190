import { within } from './deadlines';

/** A read or subscription of the client: a stream that can be told to end at the server too. */
interface Cancellable {
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
}

/**
 * The items of a read of the client, each within a time of our own, for the client waits for a frozen server for ever. Ends
 * the read at the server however it is left.
 * @throws OutOfTime; what the client fails with.
 */
export async function* itemsOf<T>(reading: Cancellable & AsyncIterable<T>, ms: number): AsyncGenerator<T> {
  reading.on('error', () => undefined); // told to whoever iterates; one that comes later must not end the process
  const iterator = reading[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await within(ms, iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    endReading(reading);
  }
}

/** Ends a read or subscription, here at once and at the server when it can be told. */
export function endReading(reading: Cancellable): void {
  const told = reading.unsubscribe?.() ?? reading.cancel?.() ?? Promise.resolve();
  told.catch(() => undefined); // there may be no connection to tell it on
  reading.destroy();
}
