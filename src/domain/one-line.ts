// Control characters, line and paragraph separators, bidi controls and other invisible format characters.
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;
const EVERY_FORBIDDEN = new RegExp(FORBIDDEN.source, 'gu');

/**
 * True when a text of a user is safe on one line of a commit, a trailer or a log: no control, format or bidi
 * character, no lone surrogate, nothing that could begin a second line.
 */
export function isOneLine(text: string): boolean {
  return !FORBIDDEN.test(text);
}

/** A text in which every such character is spelled out (`\u{1b}`): safe on one line of a terminal or a log, whoever wrote it. */
export function inOneLine(text: string): string {
  return text.replace(EVERY_FORBIDDEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
