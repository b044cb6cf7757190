import { CommitIds } from '../../../src/git';

const id = (n: number): string => n.toString(16).padStart(40, '0');

describe('commit ids', () => {
  it('are given back in their order, however many there are, and last first', () => {
    const ids = new CommitIds();
    for (let n = 0; n < 3_000; n += 1) ids.push(id(n));
    const reversed = ids.reversed();
    expect(ids.length).toBe(3_000);
    expect(reversed.length).toBe(3_000);
    for (const n of [0, 1, 1_023, 1_024, 2_999]) {
      expect(ids.at(n)).toBe(id(n));
      expect(ids.indexOf(id(n))).toBe(n);
      expect(reversed.at(2_999 - n)).toBe(id(n));
    }
    expect(ids.at(3_000)).toBeNull();
    expect(ids.at(-1)).toBeNull();
  });

  it('are not found where the bytes of two of them happen to spell a third', () => {
    const ids = new CommitIds();
    ids.push('aa'.repeat(20));
    ids.push('bb'.repeat(20));
    expect(ids.indexOf('aa'.repeat(10) + 'bb'.repeat(10))).toBe(-1);
  });
});
