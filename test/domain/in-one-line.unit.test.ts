import fc from 'fast-check';
import { inOneLine, isOneLine } from '../../src/domain';

describe('a text in one line', () => {
  it('spells out what a terminal obeys or does not show', () => {
    expect(inOneLine('a\u001b[31m\nb\u202ec\u2028d\ud800e')).toBe('a\\u{1b}[31m\\u{a}b\\u{202e}c\\u{2028}d\\u{d800}e');
  });

  it('is one line whatever it was, and the text itself where it was one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isOneLine(inOneLine(text))).toBe(true);
        if (isOneLine(text)) expect(inOneLine(text)).toBe(text);
      }),
    );
  });
});
