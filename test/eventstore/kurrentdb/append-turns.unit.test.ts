import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppendTurns } from '../../../src/eventstore/kurrentdb/append-turns';

/** Work that tells when it begins, and ends when it is told to. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, { resolve: (value: string) => void; reject: (error: Error) => void }>();
  return {
    begun,
    start: (name: string) => (): Promise<string> => {
      begun.push(name);
      return new Promise((resolve, reject) => ends.set(name, { resolve, reject }));
    },
    end: (name: string) => ends.get(name)?.resolve(name),
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  };
}

describe('the turns of appends', () => {
  it('come one after another on one stream, in order, and at once on several', async () => {
    const turns = new AppendTurns();
    const { begun, start, end } = works();
    const results = [
      turns.run('a', start('a1')),
      turns.run('a', start('a2')),
      turns.run('a', start('a3')),
      turns.run('b', start('b1')),
    ];
    await nextTurn();
    expect(begun).toEqual(['a1', 'b1']);
    end('a1');
    await nextTurn();
    expect(begun).toEqual(['a1', 'b1', 'a2']);
    end('a2');
    end('b1');
    await nextTurn();
    end('a3');
    expect(await Promise.all(results)).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  it('go on behind one that failed, which fails alone', async () => {
    const turns = new AppendTurns();
    const { start, end, fail } = works();
    const [first, second] = [turns.run('a', start('a1')), turns.run('a', start('a2'))];
    await nextTurn();
    fail('a1');
    await expect(first).rejects.toThrow('a1');
    await nextTurn();
    end('a2');
    await expect(second).resolves.toBe('a2');
  });

  it('leave no more than 64 under way, and pass a place on when one ends, however it ends', async () => {
    const turns = new AppendTurns();
    const { begun, start, end, fail } = works();
    const names = Array.from({ length: 70 }, (_, index) => `s${index}`);
    const results = names.map((name) => turns.run(name, start(name)));
    await nextTurn();
    expect(begun).toEqual(names.slice(0, 64));
    end('s10');
    fail('s20');
    await expect(results[20]).rejects.toThrow('s20');
    await nextTurn();
    expect(begun).toEqual(names.slice(0, 66));
    for (let ended = 0; ended < names.length;) {
      for (const name of begun.slice(ended)) end(name);
      ended = begun.length;
      await nextTurn();
    }
    expect((await Promise.allSettled(results)).filter(({ status }) => status === 'fulfilled')).toHaveLength(69);
    // All places are free again.
    const again = names.slice(0, 64).map((name) => turns.run(name, start(`again ${name}`)));
    await nextTurn();
    expect(begun).toHaveLength(70 + 64);
    for (const name of begun.slice(70)) end(name);
    await Promise.all(again);
  });

  it('keep nothing of a stream whose appends have ended', async () => {
    const turns = new AppendTurns();
    await turns.run('a', () => Promise.resolve(1));
    await turns.run('b', () => Promise.reject(new Error('no'))).catch(() => undefined);
    await nextTurn();
    expect(Reflect.get(turns, 'last')).toEqual(new Map());
  });
});
