import fc from 'fast-check';
import { formatPosition, parsePosition, UnknownPosition } from '../../src/eventstore';

const LOG = '0123456789ab';
const place = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n });

describe('positions', () => {
  it('compare as strings like the places that they name, and are read back', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(formatPosition(LOG, a) < formatPosition(LOG, b)).toBe(a < b);
        expect(parsePosition(LOG, formatPosition(LOG, a))).toBe(a);
      }),
    );
  });

  it('have a fixed form', () => {
    expect(formatPosition(LOG, 255n)).toBe('0123456789ab-00000000000000ff');
  });

  it.each([
    ['another log', 'ba9876543210-00000000000000ff'],
    ['nothing', ''],
    ['a place before the first', `${LOG}-0000000000000000`],
    ['upper case', `${LOG}-00000000000000FF`],
    ['too few digits', `${LOG}-ff`],
    ['too many digits', `${LOG}-000000000000000ff`],
    ['more behind it', `${LOG}-00000000000000ff\n`],
    ['another separator', `${LOG}_00000000000000ff`],
  ])('refuse %s', (_, text) => {
    expect(() => parsePosition(LOG, text)).toThrow(UnknownPosition);
  });
});
