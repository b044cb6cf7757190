import { isPlaceholderBody } from './placeholder';
import { type Secret } from './secret';
import { TOKEN_FORMATS } from './token-formats';

/**
 * Where a word begins, so that each run of word characters is looked at once; an escaped line end, the `\b` of a
 * pattern and the dashes of a key are no part of a word.
 */
const BEGIN = '(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bnrt])|(?<=-----))';
const END = '(?:(?![A-Za-z0-9_-])|(?=-----))';

/** All formats in one pass: one group for each, in order. */
const TOKEN = new RegExp(`${BEGIN}(?:${TOKEN_FORMATS.map(({ pattern }) => `(${pattern})`).join('|')})${END}`, 'g');

/** Known tokens, by their prefix and form. */
export function* findTokens(text: string): Generator<Secret> {
  for (const match of text.matchAll(TOKEN)) {
    const [token, ...groups] = match;
    const format = TOKEN_FORMATS[groups.findIndex((group) => group === token)];
    if (format !== undefined && !isPlaceholderBody(token))
      yield { type: 'token', name: format.name, start: match.index, end: match.index + token.length };
  }
}
