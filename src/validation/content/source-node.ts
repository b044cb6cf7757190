interface NodeBase {
  /** JSON pointer (RFC 6901) from the root, which is the empty text. */
  readonly pointer: string;
  /** UTF-16 offsets into the text of the file. */
  readonly start: number;
  readonly end: number;
}

export interface MapEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: SourceNode;
}

export interface MapNode extends NodeBase {
  readonly type: 'map';
  readonly entries: readonly MapEntry[];
}

export interface ListNode extends NodeBase {
  readonly type: 'list';
  readonly items: readonly SourceNode[];
}

export interface ScalarNode extends NodeBase {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  /** How it is written; `empty` has no characters of its own. */
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'empty';
}

/** A value of a JSON or YAML document that knows where it stands. Keys are unique within a map. */
export type SourceNode = MapNode | ListNode | ScalarNode;

/** The value under `key` of a map; undefined for other nodes and absent keys. */
export function entryOf(node: SourceNode | null | undefined, key: string): MapEntry | undefined {
  if (node?.type !== 'map') return undefined;
  return node.entries.length <= FEW ? node.entries.find((entry) => entry.key === key) : entriesByKey(node).get(key);
}

const FEW = 16;
const indexes = new WeakMap<MapNode, ReadonlyMap<string, MapEntry>>();

// Rules look up names in maps that have as many: without an index, content decides that this is quadratic.
function entriesByKey(node: MapNode): ReadonlyMap<string, MapEntry> {
  let index = indexes.get(node);
  if (index === undefined) indexes.set(node, (index = new Map(node.entries.map((entry) => [entry.key, entry]))));
  return index;
}

/** The node under a path of keys; undefined where there is none. */
export function nodeAt(node: SourceNode | null | undefined, ...keys: readonly string[]): SourceNode | undefined {
  let found: SourceNode | undefined = node ?? undefined;
  for (const key of keys) {
    if (found?.type === 'list') found = /^(0|[1-9][0-9]*)$/.test(key) ? found.items[Number(key)] : undefined;
    else found = entryOf(found, key)?.value;
  }
  return found;
}

/** The node a JSON pointer names; undefined where there is none. */
export function nodeAtPointer(root: SourceNode, pointer: string): SourceNode | undefined {
  if (pointer === '') return root;
  if (!pointer.startsWith('/')) return undefined;
  return nodeAt(root, ...pointer.slice(1).split('/').map(unescapeToken));
}

/** The pointer of the innermost value that stands around an offset, its key included; null outside of the root. */
export function pointerAtOffset(root: SourceNode | null, offset: number): string | null {
  if (root === null || offset < root.start || offset >= Math.max(root.end, root.start + 1)) return null;
  for (const { from, node } of childrenOf(root))
    if (offset >= from && offset < node.end) return pointerAtOffset(node, offset) ?? node.pointer;
  return root.pointer;
}

function* childrenOf(node: SourceNode): Generator<{ readonly from: number; readonly node: SourceNode }> {
  if (node.type === 'list') for (const item of node.items) yield { from: item.start, node: item };
  if (node.type === 'map') for (const { keyStart, value } of node.entries) yield { from: keyStart, node: value };
}

/** The text of a string scalar; undefined for everything else. */
export function textOf(node: SourceNode | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The plain value. Every key is an own property, `constructor` and its like included. */
export function valueOf(node: SourceNode): unknown {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(valueOf);
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.key, valueOf(entry.value)]));
  }
}

/** All string scalars below a node, itself included. */
export function* stringsOf(node: SourceNode): Generator<string> {
  switch (node.type) {
    case 'scalar':
      if (typeof node.value === 'string') yield node.value;
      return;
    case 'list':
      for (const item of node.items) yield* stringsOf(item);
      return;
    case 'map':
      for (const entry of node.entries) yield* stringsOf(entry.value);
  }
}

export function childPointer(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
