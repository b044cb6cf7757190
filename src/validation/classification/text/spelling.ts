import { isName } from './tokens';

/**
 * Whether one word is probably the other, spelled right. Without a dictionary this is strict: long enough words that
 * begin alike and differ by one letter, or by two that changed places; never a word that turns a sentence around, never a
 * name, never an ending or a prefix that makes another form of the word (`question` and `questions` are two fields).
 */
export function isSpellingFix(before: string, after: string): boolean {
  if (Math.min(before.length, after.length) < SHORTEST || before[0] !== after[0]) return false;
  if ([before, after].some((word) => isName(word) || !/^\p{L}[\p{L}\p{M}]+$/u.test(word) || MEANS_MUCH.has(word)))
    return false;
  return !isOtherForm(before, after) && !isOtherForm(after, before) && differInOneLetter(before, after);
}

const SHORTEST = 5;

const MEANS_MUCH = new Set(
  'after allow allowed avoid before below cannot could every except exclude excluded export fewer first forbid ignore import include included least local maximum might minimum never nothing other ought shall should their there these those three under unless until where which while whole within without would'.split(
    ' ',
  ),
);

const ENDINGS = ['s', 'es', 'd', 'ed', 'r', 'er', 'n', 'en', 'ing', 'ly', 'y', 'al', 'e'];

function isOtherForm(stem: string, form: string): boolean {
  return ENDINGS.some((ending) => form === stem + ending);
}

function differInOneLetter(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [from, to] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (from.length <= 1 && to.length <= 1) return true;
  return from.length === 2 && to.length === 2 && from[0] === to[1] && from[1] === to[0];
}
