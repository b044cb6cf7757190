/**
 * What a text says, without its layout: words in lower case, numbers with their sign, and every symbol that may mean
 * something (`{`, `$`, `<`, `|` and the like). Whitespace and the punctuation of prose are left out, Markdown's marks too.
 */
export function tokensOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFC')
      .replaceAll('\u2019', "'")
      .match(TOKEN)
      ?.filter((token) => !PUNCTUATION.has(token))
      .map((token) => (isName(token) ? token : token.toLowerCase())) ?? []
  );
}

/** True for what names something of a program, where a letter more is another name. */
export function isName(token: string): boolean {
  return /[\d_]/.test(token) || /\p{Ll}\p{Lu}/u.test(token);
}

// A number keeps its sign where that cannot be a dash; a word keeps its apostrophes: "can't" is not "cant".
const TOKEN =
  /(?<![\p{L}\p{N}_])[-+]\d+(?:[.,:]\d+)*|\d+(?:[.,:]\d+)+|[\p{L}\p{M}\p{N}_]+(?:'[\p{L}\p{M}]+)*|[^\s\p{L}\p{N}]/gu;

const PUNCTUATION = new Set(Array.from('._-.,;:!?\'"()*#`\u2013\u2014\u2026\u2018\u201C\u201D\u00AB\u00BB\u2022'));
