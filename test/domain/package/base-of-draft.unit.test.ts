import { baseOfDraft, type PackageEvent } from '../../../src/domain';
import { adopted, committed, fold, staged } from './package-story';

const START = { id: 'mine', baseVersion: '1.4.0', baseTree: 'tree-1.4.0' };
const baseAfter = (...events: readonly PackageEvent[]) => baseOfDraft(fold([adopted('1.4.0'), ...events]), START);

describe('a draft builds on', () => {
  it('the release it started from, until one of its own is staged', () => {
    const start = { baseVersion: '1.4.0', baseTree: 'tree-1.4.0' };
    expect(baseAfter()).toEqual(start);
    expect(baseAfter(committed('1.5.0'))).toEqual(start);
    expect(baseAfter(committed('1.5.0', { draft: 'other' }), staged('1.5.0'))).toEqual(start);
  });

  it('its own release once that is staged, also when it has committed the next one', () => {
    const log = [committed('1.5.0'), staged('1.5.0')];
    const next = committed('1.5.1', { baseVersion: '1.5.0' });
    const own = { baseVersion: '1.5.0', baseTree: 'tree-1.5.0' };
    expect(baseAfter(...log)).toEqual(own);
    expect(baseAfter(...log, next)).toEqual(own);
    expect(baseAfter(...log, next, staged('1.5.1'))).toEqual({ baseVersion: '1.5.1', baseTree: 'tree-1.5.1' });
  });

  it('what its last commit says, when something older of it is staged meanwhile', () => {
    const log = [committed('1.5.0'), committed('2.0.0'), staged('1.5.0')];
    expect(baseAfter(...log)).toEqual({ baseVersion: '1.4.0', baseTree: 'tree-1.4.0' });
  });

  it('its first release, where there was no package before', () => {
    const first = committed('1.0.0', { baseVersion: null });
    const draft = { id: 'mine', baseVersion: null, baseTree: 'empty' };
    expect(baseOfDraft(fold([first]), draft)).toEqual({ baseVersion: null, baseTree: 'empty' });
    expect(baseOfDraft(fold([first, staged('1.0.0')]), draft)).toEqual({
      baseVersion: '1.0.0',
      baseTree: 'tree-1.0.0',
    });
  });
});
