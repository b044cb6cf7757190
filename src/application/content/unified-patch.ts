import { createTwoFilesPatch } from 'diff';

/** A unified diff of one file as Git prints it, with three lines of context. */
export function unifiedPatch(
  { path, isNew, isGone }: { readonly path: string; readonly isNew: boolean; readonly isGone: boolean },
  old: string,
  now: string,
): string {
  const from = isNew ? '/dev/null' : `a/${path}`;
  const to = isGone ? '/dev/null' : `b/${path}`;
  // The library puts a ruler above the headers; Git does not.
  return createTwoFilesPatch(from, to, old, now, undefined, undefined, { context: 3 }).replace(/^=+\n/, '');
}
