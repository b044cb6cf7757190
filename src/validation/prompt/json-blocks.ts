import { readSkeleton } from './skeleton';
import { type TextLine } from './text-lines';

/** A piece of a prompt that is set apart as code. */
export interface CodeBlock {
  readonly start: number;
  readonly end: number;
  /** Where the line behind the block begins. */
  readonly next: number;
}

/** The lines between a fence and the one that closes it; up to the end of the text where none does. */
export function fencedBlock(text: string, fence: TextLine, start: number): CodeBlock {
  const mark = fence.text.slice(0, 3);
  for (let at = start; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    if (
      text
        .slice(at, Math.min(next, at + 200))
        .trimStart()
        .startsWith(mark)
    )
      return { start, end: at, next };
    at = next;
  }
  return { start, end: text.length, next: text.length };
}

/** True for a line that may begin JSON without a fence around it. */
export function beginsJson({ kind, text }: TextLine): boolean {
  return kind === 'text' && /^(?:\{(?:\s*"|\s*$)|\[\s*(?:\{|$))/.test(text.slice(0, 100));
}

/** The JSON-like value that begins with a line; null when it is none after all. */
export function bareBlock(text: string, line: TextLine): CodeBlock | null {
  const end = readSkeleton(text, line.offset, text.length)?.end;
  if (end === undefined) return null;
  const newline = text.indexOf('\n', end);
  return { start: line.offset, end, next: newline < 0 ? text.length : newline + 1 };
}

/** Where the object or list of a block begins; null when the block holds something else. */
export function jsonStart(text: string, { start, end }: CodeBlock): number | null {
  const at = start + (/^\s*/.exec(text.slice(start, Math.min(end, start + 1_000)))?.[0].length ?? 0);
  return at < end && (text[at] === '{' || text[at] === '[') ? at : null;
}
