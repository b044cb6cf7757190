import { exactPlaces } from './exact-places';

export interface Token {
  readonly written: string;
  /** True where it stands among what programs read: another case or spelling is another thing. */
  readonly isExact: boolean;
}

/**
 * What a text says, without its layout: words, numbers with their sign, and every symbol that may mean something (`{`,
 * `$`, `<`, `|` and the like). Whitespace and the punctuation of prose are left out, Markdown's marks too.
 */
export function tokensOf(text: string): readonly Token[] {
  const plain = text.normalize('NFC').replaceAll('\u2019', "'");
  const places = exactPlaces(plain);
  const tokens: Token[] = [];
  let at = 0;
  for (const { 0: written, index } of plain.matchAll(TOKEN)) {
    while ((places[at]?.end ?? Infinity) <= index) at += 1;
    const isExact = (places[at]?.start ?? Infinity) <= index;
    if (!PUNCTUATION.has(written) || (isExact && joinsWords(plain, index))) tokens.push({ written, isExact });
  }
  return tokens;
}

/** True for tokens that say the same: case counts only in names, and where one of them is exact. */
export function areSame(a: Token, b: Token): boolean {
  if (a.written === b.written) return true;
  if (a.isExact || b.isExact || isName(a.written) || isName(b.written)) return false;
  return a.written.toLowerCase() === b.written.toLowerCase();
}

/** True for what names something of a program, where a letter more is another name. */
export function isName(word: string): boolean {
  return /[\d_]/.test(word) || /\p{Ll}\p{Lu}/u.test(word);
}

/** `user.name` and `user-name` are two names. */
function joinsWords(text: string, index: number): boolean {
  return '.-:#'.includes(text.charAt(index)) && /^[\p{L}\p{N}_].[\p{L}\p{N}_]$/u.test(text.slice(index - 1, index + 2));
}

// A number keeps its sign where that cannot be a dash; a word keeps its apostrophes: "can't" is not "cant".
const TOKEN =
  /(?<![\p{L}\p{N}_])[-+]\d+(?:[.,:]\d+)*|\d+(?:[.,:]\d+)+|[\p{L}\p{M}\p{N}_]+(?:'[\p{L}\p{M}]+)*|[^\s\p{L}\p{N}]/gu;

const PUNCTUATION = new Set(Array.from('._-.,;:!?\'"()*#`\u2013\u2014\u2026\u2018\u201C\u201D\u00AB\u00BB\u2022'));
