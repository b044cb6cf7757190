import { BadUserInput } from '../../domain';

/** A sort key: text, or a number where the column is one. */
export type SortKey = readonly (string | number)[];

/** Opaque text for the place of a row in a sorted list. */
export function encodeCursor(key: SortKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key that a cursor stands for; `shape` is a key of the same list's kind.
 *
 * @throws BadUserInput when it is no cursor, or one of another list.
 */
export function decodeCursor(cursor: string, shape: readonly ('string' | 'number')[]): SortKey {
  const key = parse(cursor);
  const fits = Array.isArray(key) && key.length === shape.length && key.every((part, i) => typeof part === shape[i]);
  if (!fits) throw new BadUserInput('after', 'This is not a cursor of this list. Give back one that it answered.');
  return key as SortKey; // each part was checked against the shape
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    // What cannot be read has no shape that fits: the caller refuses it.
    return null;
  }
}
