import { lookAtMain } from '../../../src/git/drift/look';
import { type Predicted } from '../../../src/git';

const at = (tip: string | null, next: string | null = null): Predicted => ({ tip, next, after: null });

/** Refs of which only `main` is read; `meanwhile` happens during the read. */
const refs = (values: readonly (string | null)[], meanwhile: (read: number) => void = () => undefined) => {
  let reads = 0;
  return {
    list: () => Promise.resolve([]),
    read: () => {
      meanwhile(reads);
      const value = values[Math.min(reads, values.length - 1)] ?? null;
      reads += 1;
      return Promise.resolve(value);
    },
  };
};

describe('main, seen while the publisher may be moving it', () => {
  it.each([
    ['where it is', at('a'), 'a'],
    ['where it is being moved to', at('a', 'b'), 'b'],
  ])('is right %s', async (_, predicted, found) => {
    expect(await lookAtMain(refs([found]), () => predicted)).toBeNull();
  });

  it.each([['x'], [null]])('is wrong at %s', async (found) => {
    const still = at('a', 'b');
    const sighting = { place: 'local', ref: 'refs/heads/main', expected: 'a', found };
    expect(await lookAtMain(refs([found]), () => still)).toEqual(sighting);
  });

  it('is looked at again when it was moved during the look', async () => {
    let now = at('a');
    const read = refs(['a', 'c'], (reads) => {
      if (reads === 0) now = at('c');
    });
    expect(await lookAtMain(read, () => now)).toBeNull();
  });

  it('is left open while the publisher is faster each time, and before anything is predicted', async () => {
    let now = at('a');
    const read = refs(['old'], () => (now = at('b')));
    expect(await lookAtMain(read, () => now)).toBe('unsure');
    expect(await lookAtMain(refs(['a']), () => at(null))).toBe('unsure');
  });
});
