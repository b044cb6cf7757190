import { isPlaceholderBody } from './placeholder';
import { type Secret } from './secret';

/** RFC 7468, and the armour of OpenPGP (RFC 9580). */
const HEADER = /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,3})PRIVATE KEY(?: BLOCK)?-----/g;
const FOOTER = /-----END [A-Z0-9 ]{1,48}-----/y;
const DASHES = '-----';
/** The shortest key there is, Ed25519, has 64 characters of Base64. */
const LEAST_CHARACTERS = 60;
/** No word of a language is so long; only the last line of a key is shorter. */
const LEAST_IN_LINE = 16;

/** Private keys in PEM with a body: a header alone is how documentation speaks of them. */
export function* findPrivateKeys(text: string): Generator<Secret> {
  for (const { 0: header, 1: algorithm = '', index } of text.matchAll(HEADER)) {
    const start = index + header.length;
    // No body has dashes in a row, so each part of the text between two rows of them is looked at once.
    const dashes = text.indexOf(DASHES, start);
    const { characters, length } = keyBody(text.slice(start, dashes < 0 ? text.length : dashes));
    if (characters.length < LEAST_CHARACTERS || isPlaceholderBody(characters)) continue;
    FOOTER.lastIndex = Math.max(dashes, 0);
    const end = dashes >= 0 && FOOTER.test(text) ? FOOTER.lastIndex : start + length;
    yield { type: 'private-key', name: `${algorithm}private key`, start: index, end };
  }
}

/** Line ends, also as the escape of a text literal. */
const LINE_END = /\r?\n|\\r|\\n/g;
/** `Proc-Type: 4,ENCRYPTED` */
const HEADER_LINE = /^[A-Za-z-]{1,24}: /;
/** What quotes, indents and comments put around a line that stands inside another text. */
const AROUND = ' \t"\'`+,;|>#*\\';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The Base64 a text begins with, after header lines, and how much of the text that is. */
function keyBody(text: string): { readonly characters: string; readonly length: number } {
  const parts: string[] = [];
  let length = 0;
  for (const { written, end } of linesOf(text)) {
    const line = withoutAround(written);
    if (line === '' || (parts.length === 0 && HEADER_LINE.test(line))) continue;
    const words = line.split(' ').filter((word) => word !== '');
    const isLine = (word: string, at: number): boolean =>
      BASE64.test(word) && (word.length >= LEAST_IN_LINE || at === words.length - 1);
    if (!words.every(isLine)) break;
    parts.push(...words);
    length = end;
    if ((words.at(-1) ?? '').length < LEAST_IN_LINE) break;
  }
  return { characters: parts.join(''), length };
}

function* linesOf(text: string): Generator<{ readonly written: string; readonly end: number }> {
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(LINE_END)) {
    yield { written: text.slice(from, index), end: index };
    from = index + mark.length;
  }
  yield { written: text.slice(from), end: text.length };
}

function withoutAround(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && AROUND.includes(line.charAt(from))) from += 1;
  while (to > from && AROUND.includes(line.charAt(to - 1))) to -= 1;
  return line.slice(from, to);
}
