export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a text names what programs read: in code marks, quotes, braces and tags, between bars, and as the key of a list
 * item. There case and spelling count. By place, none overlapping another, in time linear in the text but for sorting.
 */
export function exactPlaces(text: string): readonly Place[] {
  const marked = [...text.matchAll(MARKED)].map(({ 0: { length }, index }) => ({ start: index, end: index + length }));
  const found = [...marked, ...bracedPlaces(text), ...barredPlaces(text)].sort((a, b) => a.start - b.start);
  const merged: Place[] = [];
  for (const place of found) {
    const last = merged.at(-1);
    if (last === undefined || last.end < place.start) merged.push(place);
    else if (last.end < place.end) merged.splice(-1, 1, { start: last.start, end: place.end });
  }
  return merged;
}

// Single quotes only where they cannot be apostrophes.
const MARKED =
  /```[^`]*```|`[^`\n]+`|"[^"\n]*"|\u201C[^\u201C\u201D\n]*\u201D|(?<![\p{L}\p{N}])'[^'\n]{1,80}'(?![\p{L}\p{N}])|<[^<>\n]{1,80}>|(?<=^[ \t]{0,16}[-*] )[a-z]\w{0,80}(?= ?:)/gmu;

/** From a brace to the one that closes it; one that is not closed reaches to the end of its line. */
function* bracedPlaces(text: string): Generator<Place> {
  const open: number[] = [];
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (brace === '{') open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) yield { start, end: index + 1 };
    }
  }
  let lineEnd = -1;
  for (const start of open) {
    if (lineEnd < start) lineEnd = endOr(text.indexOf('\n', start), text);
    yield { start, end: lineEnd };
  }
}

/** `Draft | Final`: all between two bars, and beside the outer ones what no punctuation parts from them. */
function* barredPlaces(text: string): Generator<Place> {
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const [first, last] = [line.indexOf('|'), line.lastIndexOf('|')];
    if (first < 0) continue;
    const before = line.slice(0, first).split(PARTS).at(-1) ?? '';
    const [after = ''] = line.slice(last + 1).split(PARTS);
    yield { start: index + first - before.length, end: index + last + 1 + after.length };
  }
}

const PARTS = /[.,:;()]/;

function endOr(at: number, text: string): number {
  return at < 0 ? text.length : at;
}
