import { canonicalText } from '../../../canonical-digest';
import { entryOf, type SourceNode, valueOf } from '../../../content/source-node';
import { type Conjunct } from '../conjunction';
import { type SchemaPair, type SchemaRule, speakOf } from '../schema-rule';
import { type ConjunctionView } from '../conjunction-view';

/** Keywords that judge the same value in another way, and decide what is left over. */
const BESIDE = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'not'];

interface Leftover {
  readonly type: 'object' | 'array';
  readonly keyword: string;
  /** What takes values from the leftover, compared as it is written. */
  readonly evaluators: readonly string[];
}

const LEFTOVERS: readonly Leftover[] = [
  {
    type: 'object',
    keyword: 'unevaluatedProperties',
    evaluators: ['patternProperties', 'additionalProperties', 'dependentSchemas', 'dependencies', ...BESIDE],
  },
  { type: 'array', keyword: 'unevaluatedItems', evaluators: ['contains', 'items', 'additionalItems', ...BESIDE] },
];

/**
 * `unevaluatedProperties` and `unevaluatedItems`: what they judge depends on all that stands beside them, so where that is
 * built in another way nothing is claimed. Properties that are listed beside them may be added.
 */
export const unevaluatedRule: SchemaRule = {
  keywords: [],
  *compare(pair) {
    for (const leftover of LEFTOVERS) {
      const { type, keyword } = leftover;
      if (!speakOf(pair, type) || isFreed(pair, leftover)) continue;
      const [was, is] = [usesOf(pair.before, keyword), usesOf(pair.after, keyword)];
      if (was.length === 0 && is.length === 0) continue;
      if (shapeOf(pair.before, leftover) === shapeOf(pair.after, leftover) && keepsNames(pair, leftover)) continue;
      const message = `What ${keyword} is left to judge is something else now.`;
      yield pair.change('unknown', 'schema-unevaluated-changed', message, is[0], was[0]);
    }
  },
};

/** True where the keyword is gone, or new, and nothing else differs: the rules of its kind compare that. */
function isFreed(pair: SchemaPair, { keyword, evaluators }: Leftover): boolean {
  const [was, is] = [usesOf(pair.before, keyword), usesOf(pair.after, keyword)];
  if (was.length > 0 && is.length > 0) return false;
  const leftover = { type: 'object', keyword: '', evaluators } as const;
  return shapeOf(pair.before, leftover) === shapeOf(pair.after, leftover);
}

function usesOf(view: ConjunctionView, keyword: string) {
  return view.uses(keyword).filter(({ node }) => node.type !== 'scalar' || node.value !== true);
}

function shapeOf({ conjunction }: ConjunctionView, { keyword, evaluators }: Leftover): string {
  const shapes = conjunction.conjuncts.map(({ node }) =>
    evaluators.map((each) => shapeOfKeyword(each, entryOf(node, each)?.value)),
  );
  const own = conjunction.conjuncts.map(({ node }) => textOf(entryOf(node, keyword)?.value));
  return canonicalText([shapes, keyword === '' ? [] : own]);
}

/** What `allOf` and references lead to is compared as a part of the whole: only how many there are counts here. */
function shapeOfKeyword(keyword: string, node: SourceNode | undefined): unknown {
  if (keyword === 'allOf') return node?.type === 'list' ? node.items.length : 0;
  if (keyword === '$ref' || keyword === '$dynamicRef') return node !== undefined;
  return textOf(node);
}

function textOf(node: SourceNode | undefined): string {
  return node === undefined ? '' : canonicalText(valueOf(node));
}

/** Names may be added beside the keyword; those that were listed, and the items, have to be listed where they were. */
function keepsNames({ before, after }: SchemaPair, { type }: Leftover): boolean {
  const [was, is] = [before.conjunction.conjuncts, after.conjunction.conjuncts];
  if (type === 'array') return was.every((each, index) => itemsOf(each) === itemsOf(is[index]));
  return was.every((each, index) => {
    const now = new Set(namesOf(is[index]));
    return namesOf(each).every((name) => now.has(name));
  });
}

function namesOf(conjunct: Conjunct | undefined): readonly string[] {
  const node = conjunct === undefined ? undefined : entryOf(conjunct.node, 'properties')?.value;
  return node?.type === 'map' ? node.entries.map(({ key }) => key) : [];
}

function itemsOf(conjunct: Conjunct | undefined): number {
  const node = conjunct === undefined ? undefined : entryOf(conjunct.node, 'prefixItems')?.value;
  return node?.type === 'list' ? node.items.length : 0;
}
