import * as fc from 'fast-check';
import { isOneLine } from '../../src/domain';

const LINE_ENDS = ['\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'];
const BIDI = [
  '\u061C',
  '\u200E',
  '\u200F',
  '\u202A',
  '\u202B',
  '\u202C',
  '\u202D',
  '\u202E',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
];
const HIDDEN = [
  '\0',
  '\b',
  '\t',
  '\x1B',
  '\x7F',
  '\u00AD',
  '\u200B',
  '\u2060',
  '\uFEFF',
  '\u{E0041}',
  '\uD800',
  '\uDC00',
  '\uE000',
];

describe('a text on one line', () => {
  it.each(['', 'Added optional metadata field', 'Größe – „ja“ naïve', '日本語', 'עברית', '🚀 ship it', '<b>&"\\'])(
    'may be %j',
    (text) => {
      expect(isOneLine(text)).toBe(true);
    },
  );

  it.each([...LINE_ENDS, ...BIDI, ...HIDDEN])('may not hold %j', (character) => {
    expect(isOneLine(character)).toBe(false);
    expect(isOneLine(`a${character}Reason: forged`)).toBe(false);
  });

  it('never holds a line end or a bidi control, wherever it stands', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, fc.constantFrom(...LINE_ENDS, ...BIDI), text, (before, character, after) => {
        expect(isOneLine(`${before}${character}${after}`)).toBe(false);
      }),
    );
  });

  it('is what every reader of lines takes for one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (isOneLine(text)) expect(text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)).toHaveLength(1);
      }),
    );
  });
});
