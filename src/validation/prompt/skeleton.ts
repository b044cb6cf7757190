/** A JSON-like value of a prompt. It need not be JSON: placeholders, comments and `...` are read as what they mean. */
export type Skeleton =
  | { readonly type: 'object'; readonly offset: number; readonly entries: SkeletonEntry[]; isOpen: boolean }
  | { readonly type: 'list'; readonly offset: number; readonly items: Skeleton[]; isOpen: boolean; isChoice: boolean }
  | { readonly type: 'text'; readonly offset: number; readonly text: string }
  | { readonly type: 'literal'; readonly offset: number; readonly value: number | boolean | null }
  /** `<id>`, `{{ id }}` or a bare word. */
  | { readonly type: 'placeholder'; readonly offset: number };

export interface SkeletonEntry {
  readonly key: string;
  readonly offset: number;
  /** More than one for alternatives, `"a" | "b"`. */
  readonly values: Skeleton[];
}

interface Frame {
  readonly node: Skeleton & { readonly type: 'object' | 'list' };
  key: { readonly key: string; readonly offset: number } | null;
  hasValue: boolean;
  isAlternative: boolean;
}

const DEEPEST = 64;
const MOST_VALUES = 5_000;
const SPACE = /\s*/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const BARE = /[^\s,:{}[\]"|/]+/y;
const ANGLED = /<[^<>\n]*>/y;
const BRACED = /\{\{[^{}\n]*\}\}/y;

/**
 * Reads the object or list that begins at `start`, in time linear to its length. Null when it does not end before
 * `limit`, or is no such value: then nothing about it is certain.
 */
export function readSkeleton(
  text: string,
  start: number,
  limit: number,
): { readonly root: Skeleton; readonly end: number } | null {
  const stack: Frame[] = [];
  let at = start;
  for (let count = 0; count < MOST_VALUES;) {
    at += lengthAt(SPACE, at);
    if (at >= limit) return null;
    const offset = at;
    const char = text[at] ?? '';
    const frame = stack.at(-1);
    if (text.startsWith('//', at)) at = endOf('\n', at + 2);
    else if (text.startsWith('/*', at)) at = endOf('*/', at + 2);
    else if (text.startsWith('...', at) || char === '…') {
      if (frame !== undefined) frame.node.isOpen = true;
      at += char === '…' ? 1 : 3;
    } else if (char === '{' || char === '[') {
      const placeholder = lengthAt(BRACED, at);
      if (placeholder > 0) {
        attach(frame, { type: 'placeholder', offset });
        at += placeholder;
        continue;
      }
      const node: Frame['node'] =
        char === '{'
          ? { type: 'object', offset, entries: [], isOpen: false }
          : { type: 'list', offset, items: [], isOpen: false, isChoice: false };
      attach(frame, node);
      stack.push({ node, key: null, hasValue: false, isAlternative: false });
      if (stack.length > DEEPEST) return null;
      count += 1;
      at += 1;
    } else if (frame === undefined) return null;
    else if (char === '}' || char === ']') {
      if ((char === '}') !== (frame.node.type === 'object')) return null;
      stack.pop();
      at += 1;
      if (stack.length === 0) return { root: frame.node, end: at };
    } else if (char === ',') {
      frame.key = null;
      frame.isAlternative = false;
      at += 1;
    } else if (char === '|') {
      frame.isAlternative = true;
      at += 1;
    } else if (char === ':' || char === '/') at += 1;
    else {
      const length = lengthAt(STRING, at) || lengthAt(ANGLED, at) || lengthAt(BARE, at) || 1;
      const token = text.slice(at, at + length);
      at += length;
      count += 1;
      const isText = token.length > 1 && token.startsWith('"');
      // A text that does not end on its line, or stands between other quotes: nothing is certain from here on.
      if (token.startsWith("'") || token === '"') return null;
      // A comma may be missing between two entries.
      const isKey =
        frame.node.type === 'object' &&
        (frame.key === null || frame.hasValue) &&
        text[at + lengthAt(SPACE, at)] === ':';
      if (isKey) {
        frame.key = { key: isText ? unquote(token) : token, offset: isText ? offset + 1 : offset };
        frame.hasValue = false;
        frame.isAlternative = false;
      } else
        attach(frame, isText ? { type: 'text', offset: offset + 1, text: unquote(token) } : bareValue(token, offset));
    }
  }
  return null;

  function lengthAt(pattern: RegExp, from: number): number {
    pattern.lastIndex = from;
    return pattern.exec(text)?.[0].length ?? 0;
  }

  function endOf(mark: string, from: number): number {
    const found = text.indexOf(mark, from);
    return found < 0 ? limit : found + mark.length;
  }
}

function attach(frame: Frame | undefined, node: Skeleton): void {
  if (frame === undefined) return;
  const { node: parent } = frame;
  if (parent.type === 'list') {
    if (frame.isAlternative) parent.isChoice = true;
    parent.items.push(node);
  } else if (frame.key === null) {
    // Text where a key belongs, such as "and so on".
    parent.isOpen = true;
  } else if (!frame.hasValue) {
    parent.entries.push({ ...frame.key, values: [node] });
    frame.hasValue = true;
  } else if (frame.isAlternative) parent.entries.at(-1)?.values.push(node);
  // What else follows a value is a remark.
}

function bareValue(token: string, offset: number): Skeleton {
  if (token === 'true' || token === 'false') return { type: 'literal', offset, value: token === 'true' };
  if (token === 'null') return { type: 'literal', offset, value: null };
  if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(token)) return { type: 'literal', offset, value: Number(token) };
  return { type: 'placeholder', offset };
}

function unquote(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch (error) {
    if (error instanceof SyntaxError) return token.slice(1, -1);
    throw error;
  }
}
