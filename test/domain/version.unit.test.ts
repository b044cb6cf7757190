import * as fc from 'fast-check';
import { bump, CHANGE_TYPES, compareVersions, coversPart, isPrerelease, isVersion } from '../../src/domain';

const number = fc.nat({ max: 30 });
const release = fc.tuple(number, number, number).map((parts) => parts.join('.'));
const version = fc.tuple(release, fc.constantFrom('', '', '-rc.1', '-alpha', '-0.3.7')).map((parts) => parts.join(''));
const changeType = fc.constantFrom(...CHANGE_TYPES);

describe('a version', () => {
  it.each(['1.4.0', '0.0.0', '10.20.30', '1.5.0-rc.1', '1.0.0-x-y-z', '1.0.0-0'])('may be written %s', (text) => {
    expect(isVersion(text)).toBe(true);
  });

  it.each([
    '',
    '1',
    '1.5',
    '1.5.0.0',
    '01.5.0',
    '1.05.0',
    '1.5.0-01',
    '1.5.0+build',
    '1.5.0-rc.1+build',
    'v1.5.0',
    '=1.5.0',
    ' 1.5.0',
    '1.5.0\n',
    '1.5.0-',
    '1.5.0-ü',
    '１.5.0',
    '1.٥.0',
    '-1.5.0',
    '1e3.0.0',
    'latest',
    '1.x.0',
    '9007199254740992.0.0',
    `1.0.${'0'.repeat(400)}`,
    `1${'0'.repeat(400)}.0.0`,
    `1.0.0-${'a'.repeat(64)}`,
  ])('may not be written %j', (text) => {
    expect(isVersion(text)).toBe(false);
  });

  it('is a pre-release when it has a part behind a hyphen', () => {
    expect(isPrerelease('1.5.0-rc.1')).toBe(true);
    expect(isPrerelease('1.5.0')).toBe(false);
  });

  it('is ordered by number, and a pre-release stands before its release', () => {
    const sorted = ['1.10.0', '1.9.0', '1.10.0-rc.2', '1.10.0-rc.10', '2.0.0', '1.10.1'].sort(compareVersions);
    expect(sorted).toEqual(['1.9.0', '1.10.0-rc.2', '1.10.0-rc.10', '1.10.0', '1.10.1', '2.0.0']);
  });
});

describe('a step up', () => {
  it.each([
    ['1.4.2', 'major', '2.0.0'],
    ['1.4.2', 'minor', '1.5.0'],
    ['1.4.2', 'patch', '1.4.3'],
    ['1.5.0-rc.1', 'minor', '1.5.0'],
    ['1.5.0-rc.1', 'patch', '1.5.0'],
    ['1.5.0-rc.1', 'major', '2.0.0'],
    ['1.5.1-rc.1', 'minor', '1.6.0'],
    ['2.0.0-rc.1', 'major', '2.0.0'],
  ] as const)('from %s is, as a %s one, %s', (base, type, next) => {
    expect(bump(base, type)).toBe(next);
  });

  it('is above its base, no pre-release, and covers the part it was made for', () => {
    fc.assert(
      fc.property(version, changeType, (base, type) => {
        const next = bump(base, type);
        expect(compareVersions(next, base)).toBeGreaterThan(0);
        expect(isPrerelease(next)).toBe(false);
        expect(coversPart(base, next, type)).toBe(true);
      }),
    );
  });

  it('covers exactly one part above a release, and none at or below it', () => {
    fc.assert(
      fc.property(release, version, (base, other) => {
        const covered = CHANGE_TYPES.filter((type) => coversPart(base, other, type));
        expect(covered).toHaveLength(compareVersions(other, base) > 0 ? 1 : 0);
      }),
    );
  });

  it('covers no part at or below a pre-release either', () => {
    fc.assert(
      fc.property(version, version, changeType, (base, other, type) => {
        if (compareVersions(other, base) <= 0) expect(coversPart(base, other, type)).toBe(false);
      }),
    );
  });

  it('may leave versions out, as long as it differs first in its part', () => {
    expect(coversPart('1.4.0', '1.7.3', 'minor')).toBe(true);
    expect(coversPart('1.4.0', '3.1.0', 'major')).toBe(true);
    expect(coversPart('1.4.0', '1.4.0-rc.1', 'patch')).toBe(false);
    expect(coversPart('1.4.0', '1.5.0-rc.1', 'minor')).toBe(true);
  });
});
