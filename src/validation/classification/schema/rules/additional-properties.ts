import { type SchemaPair, type SchemaRule, speakOf } from '../schema-rule';
import { type ConjunctionView, type Use } from '../conjunction-view';
import { declaredProperties } from '../object-keywords';

/** `additionalProperties` and `unevaluatedProperties`: whether properties without a name of their own may be there. */
export const additionalPropertiesRule: SchemaRule = {
  keywords: ['additionalProperties', 'unevaluatedProperties'],
  *compare(pair) {
    if (!speakOf(pair, 'object')) return;
    const [was, is] = [limitsOf(pair.before), limitsOf(pair.after)];
    if (was.closed.length > 0) {
      if (is.closed.length > 0) yield* compareClosed(pair);
      else
        yield pair.change(
          'widens',
          'schema-additional-properties-opened',
          'Properties that are not listed are allowed now.',
          is.constrained[0],
          was.closed[0],
        );
      return;
    }
    if (is.closed.length > 0) {
      yield pair.change(
        'narrows',
        'schema-additional-properties-closed',
        'Properties that are not listed are refused now.',
        is.closed[0],
      );
      return;
    }
    yield* pair.below(was.constrained, is.constrained, 'any');
  },
};

/** True when some property that is not listed is refused. */
export function isClosed(view: ConjunctionView): boolean {
  return limitsOf(view).closed.length > 0;
}

function limitsOf(view: ConjunctionView): { readonly closed: readonly Use[]; readonly constrained: readonly Use[] } {
  const uses = [...view.uses('additionalProperties'), ...view.uses('unevaluatedProperties')];
  const closed = uses.filter(({ node }) => node.type === 'scalar' && node.value === false);
  return { closed, constrained: uses.filter(({ node }) => node.type !== 'scalar') };
}

/** Both are closed, perhaps over other names: one part of an `allOf` does not see what the others list. */
function* compareClosed(pair: SchemaPair) {
  const { before, after } = pair;
  for (const [name, [place]] of declaredProperties(after)) {
    if (!declaredProperties(before).has(name) || !isAllowed(before, name) || isAllowed(after, name)) continue;
    const message = `The property ${JSON.stringify(name)} is listed, and refused by another part of the schema.`;
    yield pair.change('removes', 'schema-property-removed', message, place);
  }
  const seesAll = (view: ConjunctionView): boolean => view.uses('additionalProperties').every(isOpen);
  const isCombined = before.conjunction.conjuncts.length > 1 || before.groups().length > 0;
  if (isCombined && seesAll(before) && !seesAll(after)) {
    const [place] = after.uses('additionalProperties');
    const message = 'Properties that another part of the schema lists are refused now.';
    yield pair.change('narrows', 'schema-additional-properties-closed', message, place);
  }
}

function isAllowed(view: ConjunctionView, name: string): boolean {
  return view.uses('additionalProperties').every((use) => {
    if (isOpen(use)) return true;
    const listed = use.conjunct.node.entries.find(({ key }) => key === 'properties')?.value;
    const hasPatterns = use.conjunct.node.entries.some(({ key }) => key === 'patternProperties');
    return hasPatterns || (listed?.type === 'map' && listed.entries.some(({ key }) => key === name));
  });
}

function isOpen({ node }: Use): boolean {
  return node.type !== 'scalar' || node.value !== false;
}
