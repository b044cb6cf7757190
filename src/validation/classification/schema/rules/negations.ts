import { canonicalText } from '../../../canonical-digest';
import { valueOf } from '../../../content/source-node';
import { isReal, type SchemaChange } from '../schema-change';
import { type SchemaPair, type SchemaRule } from '../schema-rule';
import { type Use } from '../conjunction-view';

/** `not`: what differs inside breaks, unless its schema accepts nothing that it did not accept before. */
export const negationsRule: SchemaRule = {
  keywords: ['not'],
  *compare(pair) {
    const inside = pair.conditional();
    const [was, is] = unmatched(inside, pair.before.uses('not'), pair.after.uses('not'));
    for (const now of is.slice(was.length))
      yield pair.change('narrows', 'schema-not-added', 'What matches a schema is refused now.', now);
    for (const former of was.slice(is.length))
      yield pair.change('widens', 'schema-not-removed', 'What matches a schema is not refused any more.', former);
    for (const [index, now] of is.entries()) {
      const former = was[index];
      if (former !== undefined) yield* compareNegated(inside, former, now);
    }
  },
};

function* compareNegated(pair: SchemaPair, former: Use, now: Use): Generator<SchemaChange> {
  const changes = pair.below([former], [now]);
  const back = pair.reversed([former], [now]);
  // That it accepts less now is only sure where the way back does nothing but widen.
  const refusesLess = back.every(({ effect }) => effect === 'widens' || effect === 'rewords');
  const effect = refusesLess ? 'widens' : 'narrows';
  const real = changes.filter(isReal);
  for (const change of real)
    yield { ...change, effect, rule: 'schema-not-changed', message: `Inside not: ${change.message}` };
  if (real.length === 0 && back.some(isReal))
    yield pair.change(effect, 'schema-not-changed', 'What not refuses is something else now.', now);
  yield* changes.filter((change) => !isReal(change));
}

/** Those that have no equal on the other side. */
function unmatched(pair: SchemaPair, before: readonly Use[], after: readonly Use[]): [readonly Use[], readonly Use[]] {
  const is = [...after];
  const was = before.filter((former) => {
    const index = is.findIndex((now) => textOf(now) === textOf(former) && !pair.below([former], [now]).some(isReal));
    if (index >= 0) is.splice(index, 1);
    return index < 0;
  });
  return [was, is];
}

function textOf({ node }: Use): string {
  return canonicalText(valueOf(node));
}
