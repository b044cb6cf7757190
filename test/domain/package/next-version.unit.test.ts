import * as fc from 'fast-check';
import { CHANGE_TYPES, compareVersions, isPrerelease, isVersion, nextVersion } from '../../../src/domain';
import { refusalOf } from '../specification';
import { adopted, committed, fold, request, staged } from './package-story';

describe('the version of a commit', () => {
  const base = [adopted('1.4.0')];

  it.each([
    ['major', '2.0.0'],
    ['minor', '1.5.0'],
    ['patch', '1.4.1'],
  ] as const)('is the base raised by the change type: %s gives %s', (changeType, version) => {
    expect(nextVersion(fold(base), request(changeType))).toBe(version);
  });

  it('is 1.0.0 for the first release of a package', () => {
    expect(nextVersion(fold([]), request(null, { baseVersion: null }))).toBe('1.0.0');
  });

  it('may be given for the first release', () => {
    expect(nextVersion(fold([]), request(null, { baseVersion: null, version: '0.3.0' }))).toBe('0.3.0');
  });

  it('is 1.4.2 for a patch of 1.4.0 after 1.4.1 was rolled back', () => {
    const log = [...base, committed('1.4.1', { draft: 'earlier' }), staged('1.4.1')];
    expect(nextVersion(fold(log), request('patch'))).toBe('1.4.2');
  });

  it('passes over what another living draft has committed', () => {
    expect(nextVersion(fold([...base, committed('1.5.0', { draft: 'other' })]), request('minor'))).toBe('1.6.0');
  });

  it('is the draft’s own last one while that is unstaged and fits the change type', () => {
    expect(nextVersion(fold([...base, committed('1.7.0')]), request('minor'))).toBe('1.7.0');
  });

  it('is a new one when the draft’s own last one does not fit the change type any more', () => {
    expect(nextVersion(fold([...base, committed('1.5.0')]), request('major'))).toBe('2.0.0');
    expect(nextVersion(fold([...base, committed('1.5.0')]), request('patch'))).toBe('1.4.1');
  });

  it('cannot differ from another release only in the case of its letters', () => {
    const log = [...base, committed('1.5.0-rc.1')];
    const refusal = refusalOf(() => nextVersion(fold(log), request('minor', { version: '1.5.0-RC.1' })));
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', data: { field: 'version' } });
  });

  it('is a new one when the draft’s own last one is staged', () => {
    expect(nextVersion(fold([...base, committed('1.5.0'), staged('1.5.0')]), request('minor'))).toBe('1.6.0');
  });

  it('is a new one when another draft has taken over the draft’s last one', () => {
    const log = [...base, committed('1.5.0'), committed('1.5.0', { draft: 'other' })];
    expect(nextVersion(fold(log), request('minor'))).toBe('1.6.0');
  });

  it('is free again when the draft that committed it was abandoned', () => {
    const log = [...base, committed('1.5.0', { draft: 'abandoned' })];
    expect(nextVersion(fold(log), request('minor'))).toBe('1.5.0');
    expect(nextVersion(fold(log), request('minor', { version: '1.5.0' }))).toBe('1.5.0');
  });

  it('is never a pre-release unless one is given', () => {
    const log = [...base, committed('1.5.0-rc.1')];
    expect(nextVersion(fold(log), request('minor', { version: '1.5.0-rc.2' }))).toBe('1.5.0-rc.2');
    expect(nextVersion(fold(log), request('minor'))).toBe('1.5.0');
  });

  it('is the release itself when the base is a pre-release of it', () => {
    expect(nextVersion(fold([adopted('1.5.0-rc.1')]), request('minor', { baseVersion: '1.5.0-rc.1' }))).toBe('1.5.0');
  });
});

describe('a version that cannot be had', () => {
  const given = (version: string, changeType: 'major' | 'minor' | 'patch' = 'minor') =>
    refusalOf(() => nextVersion(fold([adopted('1.4.0'), ...taken]), request(changeType, { version })));
  const taken = [committed('1.5.0', { draft: 'other' }), committed('1.6.0', { draft: 'other' }), staged('1.6.0')];

  it('is taken while another living draft has committed it', () => {
    expect(given('1.5.0')).toMatchObject({ code: 'VERSION_TAKEN', data: { version: '1.5.0', draft: 'other' } });
  });

  it('is locked once it is staged, and when it was adopted', () => {
    expect(given('1.6.0').code).toBe('RELEASE_LOCKED');
    const log = [adopted('1.4.0'), adopted('1.9.0')];
    expect(refusalOf(() => nextVersion(fold(log), request('minor', { version: '1.9.0' }))).code).toBe('RELEASE_LOCKED');
  });

  it.each(['1.4.0', '1.3.9', '1.4.0-rc.1'])('is not above the base: %s', (version) => {
    expect(given(version, 'patch')).toMatchObject({ code: 'BAD_USER_INPUT', data: { field: 'version' } });
  });

  it.each([
    ['1.4.1', 'minor'],
    ['2.0.0', 'minor'],
    ['1.7.0', 'patch'],
    ['1.7.0', 'major'],
    ['2.0.0-rc.1', 'minor'],
  ] as const)('differs from the base first in another part than the change type names: %s as %s', (version, type) => {
    expect(given(version, type)).toMatchObject({ code: 'BAD_USER_INPUT', data: { field: 'version' } });
  });

  it('is refused for a first release when another draft has it', () => {
    const state = fold([committed('1.0.0', { draft: 'other', baseVersion: null })]);
    expect(refusalOf(() => nextVersion(state, request(null, { baseVersion: null }))).code).toBe('VERSION_TAKEN');
  });

  it('is refused, not stored, when the number does not go any higher', () => {
    const highest = `${Number.MAX_SAFE_INTEGER}.0.0`;
    const refusal = refusalOf(() => nextVersion(fold([adopted(highest)]), request('major', { baseVersion: highest })));
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', data: { field: 'changeType' } });
  });
});

it('gives a version that is above the base, free, no pre-release and accepted when it is given', () => {
  const part = fc.nat({ max: 3 });
  const version = fc
    .tuple(part, part, part, fc.constantFrom('', '', '-rc.1'))
    .map(([a, b, c, d]) => `${a}.${b}.${c}${d}`);
  const releases = fc.array(fc.tuple(version, fc.constantFrom('other', 'abandoned', 'mine'), fc.boolean()));
  fc.assert(
    fc.property(version, releases, fc.constantFrom(...CHANGE_TYPES), (baseVersion, others, changeType) => {
      const log = others.flatMap(([each, draft, locked]) =>
        locked ? [committed(each, { draft }), staged(each)] : [committed(each, { draft })],
      );
      const state = fold(log);
      const next = nextVersion(state, request(changeType, { baseVersion }));
      expect(isVersion(next) && !isPrerelease(next)).toBe(true);
      expect(compareVersions(next, baseVersion)).toBeGreaterThan(0);
      expect(state.releases.get(next)?.status).not.toBe('staged');
      expect(nextVersion(state, request(changeType, { baseVersion, version: next }))).toBe(next);
    }),
  );
});
