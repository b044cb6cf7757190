import { Readable } from 'node:stream';
import { StoreUnavailable } from '../../../src/eventstore';
import { appendSurely } from '../../../src/eventstore/kurrentdb/append-surely';
import { type Connection } from '../../../src/eventstore/kurrentdb/client';
import { sealedRun } from '../sealed-events';

const WITHIN_MS = 300;
const DAY_MS = 24 * 60 * 60_000;

/** A server that takes everything and answers nothing. */
const silent = {
  client: {
    appendToStream: () => new Promise(() => undefined),
    readStream: () => new Readable({ read: () => undefined }),
  },
  credentials: { username: 'nobody', password: 'none' },
} as unknown as Connection; // all that an append asks of it

afterEach(() => jest.restoreAllMocks());

it.each([-DAY_MS, 0, DAY_MS])(
  'gives an append up in its time, when the clock is set by %d ms meanwhile',
  async (by) => {
    const append = {
      stream: 'package-a',
      name: 'slipway-package-a',
      expected: 'no_stream',
      events: sealedRun('package-a', 1),
    };
    const began = performance.now();
    const appending = appendSurely(silent, { ...append, expected: 'no_stream' }, began + WITHIN_MS);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + by);
    await expect(appending).rejects.toThrow(StoreUnavailable);
    const took = performance.now() - began;
    expect(took).toBeGreaterThanOrEqual(WITHIN_MS - 5);
    expect(took).toBeLessThan(WITHIN_MS + 2_000);
  },
);
