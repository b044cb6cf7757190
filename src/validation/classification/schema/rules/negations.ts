import { type Effect } from '../schema-change';
import { type SchemaRule } from '../schema-rule';

/** What a difference inside `not` does outside of it. */
const FLIPPED: Readonly<Record<Effect, Effect>> = {
  narrows: 'widens',
  widens: 'narrows',
  removes: 'unknown',
  adds: 'unknown',
  unknown: 'unknown',
  rewords: 'rewords',
};

/** `not`: more is refused where its schema accepts more. */
export const negationsRule: SchemaRule = {
  keywords: ['not'],
  *compare(pair) {
    const [was, is] = [pair.before.uses('not'), pair.after.uses('not')];
    if (is.length > was.length)
      yield pair.change('narrows', 'schema-not-added', 'What matches a schema is refused now.', is.at(-1));
    if (is.length < was.length)
      yield pair.change('widens', 'schema-not-removed', 'What matches a schema is not refused any more.', was.at(-1));
    for (const [index, now] of is.entries()) {
      const former = was[index];
      if (former === undefined) continue;
      for (const change of pair.below([former], [now])) {
        const effect = FLIPPED[change.effect];
        yield change.effect === 'rewords'
          ? change
          : { ...change, effect, rule: 'schema-not-changed', message: `Inside not: ${change.message}` };
      }
    }
  },
};
