/** A line of a prompt that is not blank. */
export interface TextLine {
  /** Without indentation, marker and trailing white space. */
  readonly text: string;
  /** Offset of `text` in the prompt. */
  readonly offset: number;
  /** Columns before the text or its marker. */
  readonly indent: number;
  readonly kind: 'heading' | 'item' | 'text' | 'fence';
  /** 1 to 6 for headings with `#`, 7 for a line in bold or a line that stands alone like a title. */
  readonly level: number;
  /** True for `1.` and `a)`. */
  readonly isNumbered: boolean;
  readonly afterBlank: boolean;
}

const INDENT = /[^\S\n]*/y;
const HASHES = /(#{1,6})[^\S\n]+/y;
const MARKER = /(?:[-*+•▪◦·]|(\d{1,4}[.)]|[A-Za-z]\)))[^\S\n]+(?:\[[ xX]\][^\S\n]+)?/y;
/** A heading that became an item of the list above it. */
const MISPLACED_HEADING = /^(?:expected |required )?output (?:form|format|structure)$/i;
const TITLE_WORDS = 8;

/** The line that begins at `start`; null for a blank one. `next` is where the following line begins. */
export function readLine(
  text: string,
  start: number,
  afterBlank: boolean,
): { readonly line: TextLine | null; readonly next: number } {
  const newline = text.indexOf('\n', start);
  const next = newline < 0 ? text.length : newline + 1;
  const indent = lengthOf(INDENT, text, start);
  const content = text.slice(start + indent, next).trimEnd();
  if (content === '') return { line: null, next };

  const base = { offset: start + indent, indent, level: 0, isNumbered: false, afterBlank };
  if (content.startsWith('```') || content.startsWith('~~~'))
    return { line: { ...base, text: content, kind: 'fence' }, next };
  const hashes = lengthOf(HASHES, content, 0);
  if (hashes > 0) {
    const level = content.trimStart().indexOf(' ') > 0 ? content.indexOf(' ') : hashes - 1;
    const title = { text: content.slice(hashes), offset: base.offset + hashes, level: Math.min(level, 6) };
    return { line: { ...base, ...title, kind: 'heading' }, next };
  }
  MARKER.lastIndex = 0;
  const marker = MARKER.exec(content);
  if (marker !== null) {
    const width = marker[0].length;
    if (MISPLACED_HEADING.test(content.slice(width, width + 40)))
      return {
        line: { ...base, text: content.slice(width), offset: base.offset + width, level: 7, kind: 'heading' },
        next,
      };
    const item = { text: content.slice(width), offset: base.offset + width, isNumbered: marker[1] !== undefined };
    return { line: { ...base, ...item, kind: 'item' }, next };
  }
  const isHeading = isBold(content) || (indent === 0 && afterBlank && isTitle(content));
  return { line: { ...base, text: content, kind: isHeading ? 'heading' : 'text', level: isHeading ? 7 : 0 }, next };
}

function isBold(text: string): boolean {
  return (
    text.length > 4 &&
    text.startsWith('**') &&
    /\*\*:?$/.test(text.slice(-3)) &&
    text.indexOf('**', 2) >= text.length - 3
  );
}

/** A short line in the manner of titles: most long words begin with a capital, and nothing ends a sentence. */
function isTitle(text: string): boolean {
  if (text.length > 80 || !/^\p{Lu}/u.test(text) || /[.!?,;:]$/.test(text)) return false;
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const long = words.filter((word) => word.length > 3);
  return words.length <= TITLE_WORDS && long.every((word) => /^[\p{Lu}\p{N}]/u.test(word));
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
