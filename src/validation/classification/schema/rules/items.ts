import { entryOf, type SourceNode } from '../../../content/source-node';
import { type Conjunct } from '../conjunction';
import { type SchemaRule, speakOf } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { type ConjunctionView } from '../conjunction-view';

/** `items`, `prefixItems` and `additionalItems`, compared item by item in both dialects. */
export const itemsRule: SchemaRule = {
  keywords: ['items', 'prefixItems', 'additionalItems', 'unevaluatedItems'],
  *compare(pair) {
    const { before, after } = pair;
    if (!speakOf(pair, 'array')) return;
    const named = Math.max(...[before, after].flatMap((view) => view.conjunction.conjuncts.map(prefixLength)), 0);
    for (let item = 0; item <= named; item += 1)
      yield* pair.below(placesAt(before, item), placesAt(after, item), { item });
    yield* pair.below(before.uses('unevaluatedItems'), after.uses('unevaluatedItems'), 'any');
  },
};

/** The schemas of the item at an index. */
export function placesAt(view: ConjunctionView, index: number): readonly SchemaPlace[] {
  return view.conjunction.conjuncts.flatMap((conjunct) => {
    const { prefix, rest } = itemSchemas(conjunct);
    const node = prefix[index] ?? rest;
    return node === undefined ? [] : [{ node, file: conjunct.file }];
  });
}

function prefixLength(conjunct: Conjunct): number {
  return itemSchemas(conjunct).prefix.length;
}

function itemSchemas({ node, dialect }: Conjunct): {
  readonly prefix: readonly SourceNode[];
  readonly rest: SourceNode | undefined;
} {
  const items = entryOf(node, 'items')?.value;
  if (dialect === 'draft-07') {
    return items?.type === 'list'
      ? { prefix: items.items, rest: entryOf(node, 'additionalItems')?.value }
      : { prefix: [], rest: items };
  }
  const prefix = entryOf(node, 'prefixItems')?.value;
  return { prefix: prefix?.type === 'list' ? prefix.items : [], rest: items };
}
