import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/**
 * Groups what an endless source gives at once: as many items as it has at hand, at most `size`. A single item does not
 * wait for company.
 */
export async function* batches<T>(source: AsyncIterable<T>, size: number): AsyncIterable<readonly T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const first = await next;
    if (first.done === true) return;
    const batch = [first.value];
    const idle = turnOfTheLoop(null);
    next = iterator.next();
    // Its failure is met where it is awaited, be that after a pause at the yield.
    next.catch(() => undefined);
    while (batch.length < size) {
      const more = await Promise.race([next, idle]);
      if (more === null || more.done === true) break;
      batch.push(more.value);
      next = iterator.next();
      next.catch(() => undefined);
    }
    yield batch;
  }
}
