import { type ReleaseFile } from '../../content/release-file';
import { atOffset } from '../finding';
import { type RuleFinding } from '../rule';

/** Something in a text that should not be there, and where. */
export interface TextPlace {
  readonly text: string;
  readonly start: number;
}

/** At most this many different texts are reported of one file: whoever repairs these repairs the others. */
const MOST_TEXTS = 20;

/** One finding for each different text, at the first place it stands, with the number of places. */
export function* onePerText(
  file: ReleaseFile,
  places: Iterable<TextPlace>,
  messageFor: (text: string) => string,
): Generator<RuleFinding> {
  const byText = new Map<string, { readonly start: number; count: number }>();
  for (const { text, start } of places) {
    const known = byText.get(text);
    if (known !== undefined) known.count += 1;
    else if (byText.size < MOST_TEXTS) byText.set(text, { start, count: 1 });
  }
  for (const [text, { start, count }] of byText) {
    const message = count === 1 ? messageFor(text) : `${messageFor(text)} It stands here and in ${others(count - 1)}.`;
    yield atOffset(file, { start, pointer: null }, message, text);
  }
}

/** Every match of a global pattern. */
export function* placesOf(text: string, pattern: RegExp): Generator<TextPlace> {
  for (const match of text.matchAll(pattern)) yield { text: match[0], start: match.index };
}

/** `U+202E` for a character. */
export function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function others(count: number): string {
  return count === 1 ? 'one more place' : `${count} more places`;
}
