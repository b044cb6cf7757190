import { TOM } from '../specification';
import { adopted, committed, fold, staged, tagged, validationFailed } from './package-story';

describe('what is known of a package', () => {
  it('is an adopted release with the adoption as its author', () => {
    expect(fold([adopted('1.4.0')]).releases.get('1.4.0')).toEqual({
      status: 'adopted',
      version: '1.4.0',
      commit: 'commit-1.4.0',
      tree: 'tree-1.4.0',
      displayName: 'Project Discovery',
      requires: [],
      message: 'Adopted from commit-1.4.0',
      changeType: null,
      baseVersion: null,
      draft: null,
      committedBy: TOM,
      committedAt: '2026-03-01T12:00:00.000Z',
      tag: null,
    });
  });

  it('names author, time and subject of the commit where history was adopted too', () => {
    const origin = { name: 'Ann', email: 'ann@example.com', at: '2025-01-01T00:00:00.000Z', subject: 'feat: x' };
    expect(fold([adopted('1.4.0', { origin })]).releases.get('1.4.0')).toMatchObject({
      committedBy: { id: 'ann@example.com', name: 'Ann' },
      committedAt: '2025-01-01T00:00:00.000Z',
      message: 'feat: x',
    });
  });

  it('is the last commit of a release, and of each draft', () => {
    const state = fold([
      committed('1.5.0'),
      committed('1.5.0', { commit: 'second', tree: 'other', message: 'Again' }),
      committed('1.6.0', { draft: 'theirs' }),
    ]);
    expect(state.releases.get('1.5.0')).toMatchObject({ commit: 'second', tree: 'other', message: 'Again' });
    expect(state.releases.size).toBe(2);
    expect([...state.lastOfDraft]).toEqual([
      ['mine', { version: '1.5.0', commit: 'second', tree: 'other' }],
      ['theirs', { version: '1.6.0', commit: 'commit-1.6.0', tree: 'tree-1.6.0' }],
    ]);
  });

  it('is who staged a release, when and under which rules, keeping who committed it', () => {
    expect(fold([committed('1.5.0'), staged('1.5.0')]).releases.get('1.5.0')).toMatchObject({
      status: 'staged',
      adopted: false,
      committedAt: '2026-03-01T12:00:00.000Z',
      stagedBy: TOM,
      stagedAt: '2026-03-01T12:00:01.000Z',
      rulesetDigest: 'r',
    });
  });

  it('remembers of a staged release that it was adopted', () => {
    const state = fold([adopted('1.5.0'), staged('1.5.0')]);
    expect(state.releases.get('1.5.0')).toMatchObject({ status: 'staged', adopted: true, draft: null });
  });

  it('is not changed by a failed validation', () => {
    expect(fold([committed('1.5.0'), validationFailed('1.5.0')])).toEqual(fold([committed('1.5.0')]));
  });

  it('is the tag of a release', () => {
    const state = fold([adopted('1.4.0'), tagged('1.4.0', 'first')]);
    expect(state.releases.get('1.4.0')?.tag).toBe('project_discovery/v1.4.0');
  });
});
