import { entryOf, type SourceNode } from '../../content/source-node';
import { textOfNode } from './text-of-node';

export interface MatchedItems {
  readonly pairs: readonly (readonly [before: SourceNode, after: SourceNode])[];
  readonly gone: readonly SourceNode[];
  readonly added: readonly SourceNode[];
  /** True when items that are in both lists stand in another order. */
  readonly isMoved: boolean;
}

/**
 * Puts the items of two lists together: by the key that names them where they have one, else those that are equal, and
 * of the rest those at the same place among the rest.
 */
export function matchItems(before: readonly SourceNode[], after: readonly SourceNode[]): MatchedItems {
  const key = identityKey([...before, ...after]);
  const nameOf = (node: SourceNode): string =>
    textOfNode((key === null ? undefined : entryOf(node, key)?.value) ?? node);
  const waiting = new Map<string, SourceNode[]>();
  for (const node of after) waiting.set(nameOf(node), [...(waiting.get(nameOf(node)) ?? []), node]);
  const pairs: [SourceNode, SourceNode][] = [];
  const rest: SourceNode[] = [];
  for (const node of before) {
    const other = waiting.get(nameOf(node))?.shift();
    if (other === undefined) rest.push(node);
    else pairs.push([node, other]);
  }
  const placeOf = new Map(after.map((node, place) => [node, place]));
  const places = pairs.map(([, other]) => placeOf.get(other) ?? 0);
  const isMoved = places.some((place, index) => place < (places[index - 1] ?? 0));
  const left = new Set([...waiting.values()].flat());
  const added = after.filter((node) => left.has(node));
  // Without an id, an item that was edited in place is still that item; of scalars each is its own.
  const edited = key === null || key === 'name' ? Math.min(rest.length, added.length) : 0;
  const isEdited = (at: number): boolean => at < edited && rest[at]?.type !== 'scalar' && added[at]?.type !== 'scalar';
  rest.forEach((node, at) => {
    const other = added[at];
    if (other !== undefined && isEdited(at)) pairs.push([node, other]);
  });
  return {
    pairs,
    gone: rest.filter((_, at) => !isEdited(at)),
    added: added.filter((_, at) => !isEdited(at)),
    isMoved,
  };
}

const IDENTITY_KEYS = ['id', 'key', 'section_id', 'node_id', 'edge_id', 'step_id', 'field', 'path', 'name'];

/** A key that every item has, as a scalar of its own. */
function identityKey(items: readonly SourceNode[]): string | null {
  const own = [...IDENTITY_KEYS, ...ownIds(items)];
  return (
    own.find((key) => items.length > 0 && items.every((item) => entryOf(item, key)?.value.type === 'scalar')) ?? null
  );
}

function ownIds(items: readonly SourceNode[]): readonly string[] {
  const [first] = items;
  return first?.type === 'map' ? first.entries.map(({ key }) => key).filter((key) => key.endsWith('_id')) : [];
}
