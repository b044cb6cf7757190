// Control characters, line and paragraph separators, bidi controls and other invisible format characters.
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;

/**
 * True when a text of a user is safe on one line of a commit, a trailer or a log: no control, format or bidi
 * character, no lone surrogate, nothing that could begin a second line.
 */
export function isOneLine(text: string): boolean {
  return !FORBIDDEN.test(text);
}
