import { isUtf8 } from 'node:buffer';
import { type TextPlace } from './text-places';

/** Stands where a decoder could not read a character. */
export const REPLACEMENT = '\uFFFD';

/** What windows-1252 makes of the bytes 80 to 9F, which Latin-1 leaves to control characters; five are not assigned. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Continuation bytes of UTF-8 (80 to BF) as they are shown. */
const ANY = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00A0-\u00BF';
/** Those that no writer puts behind a capital letter with an accent: no closing quote, dash, ellipsis, space or mark. */
const ODD = '€ƒ„†‡ˆ‰Š‹ŒŽ˜šœžŸ¡¢£¤¥¦§¨©ª¬¯°±´µ¶·¸¹º¼½¾¿';

/**
 * Only sequences that stand in no language: É followed by ” or … is French, Ã» after a capital Portuguese. A lower-case
 * letter before settles it, since no word goes on with a capital one and a sign.
 */
const MISDECODED = new RegExp(
  [
    REPLACEMENT,
    // The byte order mark and the replacement character.
    'ï»¿|ï¿½',
    // U+2000 to U+26FF and beyond: quotes, dashes, arrows, signs.
    `â€[${ANY}]?`,
    `â[„†‡ˆ‰Š‹Œ˜šœžŸ][${ANY}]`,
    `â[‚‘’“”•–—™›…][${ODD}]`,
    // Emoji.
    `ðŸ[${ANY}]{2}`,
    // U+0080 to U+00FF.
    `Ã[${ODD}²³]`,
    `Â[${ODD}²³®]`,
    `(?<=\\p{Ll})[ÃÂÄÅ][${ANY}]`,
    `(?<=[\\d.,;:!?)])Â[\\u00A0«»]`,
    // Cyrillic: one pair could be Icelandic, two are not.
    `(?:[ÐÑ][${ANY}]){2,40}`,
  ].join('|'),
  'gu',
);

/** Where a text shows UTF-8 that was read as Latin-1 or windows-1252, or that lost characters. */
export function* misdecodedPlaces(text: string): Generator<TextPlace> {
  for (const match of text.matchAll(MISDECODED)) yield { text: match[0], start: match.index };
}

/** What the text was before it was misread; null when that is not certain. */
export function rightReading(text: string): string | null {
  const bytes = Buffer.from(Array.from(text, byteOf));
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

function byteOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  const at = WINDOWS_1252.indexOf(character);
  return at >= 0 ? 0x80 + at : code < 0x100 ? code : 0xff;
}
