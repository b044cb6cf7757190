import { setTimeout as pause } from 'node:timers/promises';
import { OutOfTime, within } from '../../../src/eventstore/kurrentdb/deadlines';

const never = new Promise<never>(() => undefined);

describe('a time of our own around a call', () => {
  it('gives what the call gives when it is in time', async () => {
    await expect(within(1_000, Promise.resolve('answer'))).resolves.toBe('answer');
    await expect(within(1_000, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });

  it('ends the wait for a call that never settles', async () => {
    const begun = Date.now();
    await expect(within(30, never)).rejects.toThrow(new OutOfTime(30));
    expect(Date.now() - begun).toBeGreaterThanOrEqual(25);
  });

  it('ends at once where no time is left', async () => {
    await expect(within(0, never)).rejects.toThrow(OutOfTime);
    await expect(within(-5, never)).rejects.toThrow(OutOfTime);
  });

  it('takes a failure that comes after the wait has ended, so that it does not end the process', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    try {
      let fail: (error: Error) => void = () => undefined;
      const late = new Promise<never>((_resolve, reject) => (fail = reject));
      await expect(within(5, late)).rejects.toThrow(OutOfTime);
      fail(new Error('too late'));
      await pause(10);
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', listen);
    }
  });
});
