import { StoreUnavailable } from '../../../src/eventstore/errors';
import { OutOfTime } from '../../../src/eventstore/kurrentdb/deadlines';
import { readSurely } from '../../../src/eventstore/kurrentdb/read-surely';

const refused = Object.assign(new Error('14 UNAVAILABLE: No connection established.'), { code: 14 });
const noRight = Object.assign(new Error('7 PERMISSION_DENIED: Access Denied'), { code: 7 });
const failed = (cause: Error): StoreUnavailable => new StoreUnavailable(cause.message, { cause });

/** Fails with each of these in turn, then answers how often it was asked. */
function readAfter(...failures: readonly Error[]): { read: (ms: number) => Promise<number>; times: number[] } {
  const times: number[] = [];
  const read = (ms: number): Promise<number> => {
    times.push(ms);
    const failure = failures[times.length - 1];
    return failure === undefined ? Promise.resolve(times.length) : Promise.reject(failure);
  };
  return { read, times };
}

describe('a read for a decision', () => {
  it('is asked again while the server is away, each time with the time that is left', async () => {
    const { read, times } = readAfter(failed(refused), failed(refused));
    expect(await readSurely(5_000, read)).toBe(3);
    expect(times[0]).toBeGreaterThan(times[1]!);
    expect(times[1]).toBeGreaterThan(times[2]!);
    expect(times[2]).toBeGreaterThan(0);
  });

  it('ends with what it failed with when the time is over', async () => {
    const { read, times } = readAfter(...Array.from({ length: 100 }, () => failed(refused)));
    await expect(readSurely(200, read)).rejects.toThrow('No connection established');
    expect(times.length).toBeGreaterThan(1);
    expect(times.length).toBeLessThan(100);
  });

  it('that used up its time is not asked again', async () => {
    const { read, times } = readAfter(failed(new OutOfTime(0)));
    await expect(readSurely(0, read)).rejects.toThrow('did not answer');
    expect(times).toHaveLength(1);
  });

  it.each([
    ['without the right to read', failed(noRight)],
    ['that fails for a reason of our own', new TypeError('ours')],
  ] satisfies [string, Error][])('%s is not asked again', async (_, failure: Error) => {
    const { read, times } = readAfter(failure);
    await expect(readSurely(5_000, read)).rejects.toBe(failure);
    expect(times).toHaveLength(1);
  });
});
