import * as fc from 'fast-check';
import { compareVersions } from '../../src/domain';
import { versionKey } from '../../src/projections/version-key';

describe('the version key', () => {
  it('sorts as semantic version precedence does', () => {
    const ordered = [
      '1.9.0-rc',
      '1.9.0-rc.2',
      '1.9.0-rc.10',
      '1.9.0-rc.alpha',
      '1.9.0-rc-1',
      '1.9.0',
      '1.10.0',
      '10.0.0',
    ];
    expect([...ordered].reverse().sort((a, b) => compareBytes(versionKey(a), versionKey(b)))).toEqual(ordered);
  });

  it('agrees with the semantic order of any two versions', () => {
    const number = fc.nat({ max: 120 }).map(String);
    const identifier = fc.oneof(number, fc.stringMatching(/^[a-z-][0-9a-z-]{0,3}$/));
    const prerelease = fc
      .array(identifier, { maxLength: 3 })
      .map((parts) => (parts.length ? `-${parts.join('.')}` : ''));
    const version = fc.tuple(number, number, number, prerelease).map(([a, b, c, pre]) => `${a}.${b}.${c}${pre}`);
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareBytes(versionKey(a), versionKey(b)))).toBe(compareVersions(a, b));
      }),
    );
  });

  it('puts what is no semantic version below all', () => {
    expect(compareBytes(versionKey('latest'), versionKey('0.0.0-0'))).toBe(-1);
  });
});

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
