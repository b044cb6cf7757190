import { isBreaking, isReal } from '../schema-change';
import { type SchemaRule, speakOf } from '../schema-rule';
import { type ConjunctionView } from '../conjunction-view';

/** `contains` with its counts. More than one at a time is not taken apart. */
export const containsRule: SchemaRule = {
  keywords: ['contains', 'minContains', 'maxContains'],
  *compare(pair) {
    if (!speakOf(pair, 'array')) return;
    const [was, is] = [pair.before.uses('contains'), pair.after.uses('contains')];
    if (is.length > was.length)
      yield pair.change('narrows', 'schema-contains-added', 'An item of some kind has to be there now.', is.at(-1));
    if (is.length < was.length)
      yield pair.change('widens', 'schema-contains-removed', 'No such item has to be there any more.', was.at(-1));
    if (is.length === 0 || is.length !== was.length) return;

    const inside = pair.conditional().below(was, is, 'any');
    const hasMaximum = Number.isFinite(countsOf(pair.before).max) || Number.isFinite(countsOf(pair.after).max);
    if (hasMaximum && inside.some(isReal)) {
      yield pair.change('unknown', 'schema-contains-changed', 'What is counted is something else now.', is[0]);
    } else if (inside.some(isBreaking)) {
      yield pair.change('narrows', 'schema-contains-changed', 'Fewer items count as what has to be there.', is[0]);
    } else yield* inside;

    const [counted, counts] = [countsOf(pair.before), countsOf(pair.after)];
    const place = pair.after.uses('minContains')[0] ?? pair.after.uses('maxContains')[0] ?? is[0];
    if (counts.min > counted.min || counts.max < counted.max)
      yield pair.change('narrows', 'schema-bound-tightened', 'The number of such items is bounded tighter.', place);
    else if (counts.min < counted.min || counts.max > counted.max)
      yield pair.change('widens', 'schema-bound-relaxed', 'The number of such items is bounded less.', place);
  },
};

function countsOf(view: ConjunctionView): { readonly min: number; readonly max: number } {
  const numbers = (keyword: string): number[] =>
    view.uses(keyword).flatMap(({ node }) => (node.type === 'scalar' ? [Number(node.value)] : []));
  const least = numbers('minContains');
  return { min: least.length === 0 ? 1 : Math.max(...least), max: Math.min(...numbers('maxContains'), Infinity) };
}
