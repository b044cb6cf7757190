import { type SchemaRule } from '../schema-rule';
import { type ConjunctionView } from '../conjunction-view';

/** `multipleOf`. */
export const multiplesRule: SchemaRule = {
  keywords: ['multipleOf'],
  *compare(pair) {
    const [was, is] = [multiplesOf(pair.before), multiplesOf(pair.after)];
    const isImplied = (by: readonly number[]) => (of: number) => by.some((each) => each % of === 0);
    const [place, former] = [pair.after.uses('multipleOf')[0], pair.before.uses('multipleOf')[0]];
    if (!is.every(isImplied(impliedBy(pair.before, was))))
      yield pair.change('narrows', 'schema-bound-tightened', 'multipleOf allows fewer numbers.', place);
    else if (!was.every(isImplied(impliedBy(pair.after, is))))
      yield pair.change('widens', 'schema-bound-relaxed', 'multipleOf allows more numbers.', place, former);
  },
};

function multiplesOf(view: ConjunctionView): readonly number[] {
  if (!view.types().has('integer') && !view.types().has('fraction')) return [];
  return view
    .uses('multipleOf')
    .flatMap(({ node }) => (node.type === 'scalar' && typeof node.value === 'number' ? [node.value] : []));
}

/** Every integer is a multiple of 1. */
function impliedBy(view: ConjunctionView, written: readonly number[]): readonly number[] {
  return view.types().has('fraction') ? written : [...written, 1];
}
