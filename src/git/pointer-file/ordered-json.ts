import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { PointerFileUnreadable } from './pointer-file.errors';

/**
 * A JSON value that keeps what `JSON.parse` loses: the order of keys (also of those that look like integers), keys such
 * as `__proto__`, and the spelling of scalars.
 */
export type OrderedJson =
  | { readonly kind: 'object'; readonly entries: readonly OrderedEntry[] }
  | { readonly kind: 'array'; readonly items: readonly OrderedJson[] }
  | { readonly kind: 'scalar'; readonly source: string; readonly text: string | null };

export interface OrderedEntry {
  readonly key: string;
  readonly value: OrderedJson;
}

/** A JSON string. */
export function stringValue(text: string): OrderedJson {
  return { kind: 'scalar', source: JSON.stringify(text), text };
}

/**
 * Strict JSON in UTF-8: no comments, no trailing commas, no byte order mark, no key twice in one object.
 * @throws PointerFileUnreadable
 */
export function readOrderedJson(bytes: Uint8Array): OrderedJson {
  const known = PRINTED.get(bytes);
  if (known !== undefined) return known;
  try {
    const source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // The language's own parser is the judge of what is JSON; the second one only adds the order.
    JSON.parse(source);
    const errors: ParseError[] = [];
    const tree = parseTree(source, errors, { disallowComments: true, allowTrailingComma: false });
    const [error] = errors;
    if (error !== undefined) throw new PointerFileUnreadable(`${printParseErrorCode(error.error)}.`);
    if (tree === undefined) throw new PointerFileUnreadable('it is empty.');
    return ordered(tree, source);
  } catch (error) {
    if (error instanceof PointerFileUnreadable) throw error;
    throw new PointerFileUnreadable(error instanceof Error ? error.message : 'it is not JSON.', { cause: error });
  }
}

/** Two-space JSON with a final newline; keys in their order, scalars as they were spelled. Nobody may change the bytes. */
export function printOrderedJson(value: OrderedJson): Uint8Array {
  const bytes = Buffer.from(`${print(value, '')}\n`);
  PRINTED.set(bytes, value);
  return bytes;
}

/** What bytes say that were printed here: whoever computes one pointer file after the other need not read each again. */
const PRINTED = new WeakMap<Uint8Array, OrderedJson>();

function ordered(node: Node, source: string): OrderedJson {
  if (node.type === 'object') {
    const seen = new Set<string>();
    const entries = (node.children ?? []).map((property): OrderedEntry => {
      const [keyNode, valueNode] = property.children ?? [];
      const key: unknown = keyNode?.value;
      if (typeof key !== 'string' || valueNode === undefined) throw new PointerFileUnreadable('a key has no value.');
      if (seen.has(key)) throw new PointerFileUnreadable(`the key ${JSON.stringify(key)} occurs twice.`);
      seen.add(key);
      return { key, value: ordered(valueNode, source) };
    });
    return { kind: 'object', entries };
  }
  if (node.type === 'array') {
    return { kind: 'array', items: (node.children ?? []).map((child) => ordered(child, source)) };
  }
  const value: unknown = node.value;
  return {
    kind: 'scalar',
    source: source.slice(node.offset, node.offset + node.length),
    text: typeof value === 'string' ? value : null,
  };
}

function print(value: OrderedJson, indent: string): string {
  if (value.kind === 'scalar') return value.source;
  const deeper = `${indent}  `;
  if (value.kind === 'array') {
    if (value.items.length === 0) return '[]';
    return `[\n${value.items.map((item) => deeper + print(item, deeper)).join(',\n')}\n${indent}]`;
  }
  if (value.entries.length === 0) return '{}';
  const lines = value.entries.map(
    ({ key, value: inner }) => `${deeper}${JSON.stringify(key)}: ${print(inner, deeper)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
