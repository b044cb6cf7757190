import { LIMITS } from '../limits';
import { type SourceNode } from './source-node';

export type ProblemKind =
  'encoding' | 'byte-order-mark' | 'limit' | 'syntax' | 'feature' | 'duplicate-key' | 'reserved-key';

/** Something wrong with the text of one file, found while reading it. */
export interface Problem {
  readonly kind: ProblemKind;
  /** What is wrong and what to do, without the place. */
  readonly message: string;
  /** UTF-16 offset into the text; null when it is the file as a whole. */
  readonly offset: number | null;
  readonly pointer: string | null;
}

/** What a parser made of a text: a root, or problems that say why there is none. */
export interface Parsed {
  readonly root: SourceNode | null;
  readonly problems: readonly Problem[];
}

/** A parsed text is one value only when nothing is wrong with it: two parsers could read it as two. */
export function unreadable(problem: Problem): Parsed {
  return { root: null, problems: [problem] };
}

/** What was found while a text was read, as its result: what is beyond a limit says all there is to say. */
export function parsed(root: SourceNode | null, problems: readonly Problem[]): Parsed {
  const beyond = problems.find(({ kind }) => kind === 'limit');
  return beyond !== undefined ? unreadable(beyond) : { root: problems.length === 0 ? root : null, problems };
}

const RESERVED = '__proto__';

/** The problem with a key of a map, given the keys before it; adds it to them. */
export function problemOfKey(key: string, seen: Set<string>, offset: number, pointer: string): Problem | null {
  if (pointer.length > LIMITS.pointerLength) {
    const message = `Shorten this key or those it stands under: together they are longer than ${LIMITS.pointerLength} characters.`;
    return { kind: 'limit', message, offset, pointer: null };
  }
  if (key === RESERVED)
    return { kind: 'reserved-key', message: `Rename the key ${RESERVED}: it is not accepted.`, offset, pointer };
  if (seen.has(key))
    return { kind: 'duplicate-key', message: `Remove one of the two keys ${JSON.stringify(key)}.`, offset, pointer };
  seen.add(key);
  return null;
}
