import { isMap, isPair, isScalar, isSeq, type Scalar } from 'yaml';
import { parsed, type Parsed, type Problem, problemOfKey } from './problem';
import { childPointer, type MapEntry, type ScalarNode, type SourceNode } from './source-node';

/** The composed nodes of a document as source nodes; depth is bounded by whoever composed them. */
export function sourceTreeOf(contents: unknown, text: string): Parsed {
  const problems: Problem[] = [];
  const root = convert(contents, '', 0);
  return parsed(root, problems);

  function convert(node: unknown, pointer: string, fallback: number): SourceNode {
    if (isMap(node)) return { type: 'map', pointer, ...rangeOf(node, fallback), entries: entriesOf(node, pointer) };
    if (isSeq(node)) {
      const place = rangeOf(node, fallback);
      const items = node.items.map((item, index) => convert(item, childPointer(pointer, index), place.start));
      return { type: 'list', pointer, ...place, items };
    }
    if (isScalar(node)) return convertScalar(node, pointer, fallback);
    return { type: 'scalar', pointer, start: fallback, end: fallback, value: null, style: 'empty' };
  }

  function entriesOf(map: { items: readonly unknown[] }, pointer: string): MapEntry[] {
    const seen = new Set<string>();
    const entries: MapEntry[] = [];
    for (const pair of map.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = String(pair.key.value);
      const { start, end } = rangeOf(pair.key, 0);
      const problem = problemOfMapKey(key, pair.key, seen, start, childPointer(pointer, key));
      if (problem !== null) problems.push(problem);
      entries.push({ key, keyStart: start, value: convert(pair.value, childPointer(pointer, key), end) });
    }
    return entries;
  }

  function convertScalar(node: Scalar, pointer: string, fallback: number): ScalarNode {
    const place = rangeOf(node, fallback);
    const { value } = node;
    if (typeof value === 'string' || typeof value === 'boolean' || value === null)
      return { type: 'scalar', pointer, ...place, value, style: styleOf(node, place) };
    if (typeof value === 'number' && Number.isFinite(value))
      return { type: 'scalar', pointer, ...place, value, style: 'plain' };
    const message = 'Write a number that JSON can hold, or put the text in quotes.';
    problems.push({ kind: 'syntax', message, offset: place.start, pointer });
    return { type: 'scalar', pointer, ...place, value: null, style: 'plain' };
  }

  function styleOf(node: Scalar, place: { start: number; end: number }): ScalarNode['style'] {
    if (place.start === place.end) return 'empty';
    switch (text.charAt(place.start)) {
      case '"':
        return 'double';
      case "'":
        return 'single';
      case '|':
      case '>':
        return 'block';
      default:
        return node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL' ? 'block' : 'plain';
    }
  }
}

function problemOfMapKey(
  key: string,
  node: Scalar,
  seen: Set<string>,
  offset: number,
  pointer: string,
): Problem | null {
  if (key === '<<' && node.type === 'PLAIN') {
    const message = 'Write plain YAML: a merge key (<<) is not accepted here.';
    return { kind: 'feature', message, offset, pointer };
  }
  return problemOfKey(key, seen, offset, pointer);
}

function rangeOf(node: { range?: readonly [number, number, number] | null }, fallback: number) {
  return { start: node.range?.[0] ?? fallback, end: node.range?.[1] ?? fallback };
}
