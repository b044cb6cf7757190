import { RecentlyUsed } from '../../../src/git/verifier/recently-used';

describe('a bounded cache', () => {
  it('forgets the longest unused first once its values are too large together', () => {
    const cache = new RecentlyUsed<string, number>(10);
    cache.set('a', 1, 4);
    cache.set('b', 2, 4);
    cache.get('a');
    cache.set('c', 3, 4);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  it('has room again for what was taken out, and counts a value that is set again once', () => {
    const cache = new RecentlyUsed<string, number>(10);
    cache.set('a', 1, 5);
    cache.set('a', 2, 5);
    cache.set('b', 3, 5);
    expect(cache.get('a')).toBe(2);
    cache.delete('a');
    cache.delete('never there');
    cache.set('c', 4, 5);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 3, 4]);
  });
});
