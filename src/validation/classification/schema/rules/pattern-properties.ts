import { mayMatch } from '../name-judges';
import { declaredProperties } from '../object-keywords';
import { isBreaking } from '../schema-change';
import { type SchemaRule, speakOf } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { type ConjunctionView } from '../conjunction-view';
import { isClosed } from './additional-properties';

/** `patternProperties`, compared by pattern; two patterns are never taken to mean the same. */
export const patternPropertiesRule: SchemaRule = {
  keywords: ['patternProperties'],
  *compare(pair) {
    if (!speakOf(pair, 'object')) return;
    const [was, is] = [byPattern(pair.before), byPattern(pair.after)];
    const declared = declaredProperties(pair.before);
    for (const [pattern, places] of was) {
      const now = is.get(pattern);
      if (now !== undefined) yield* pair.below(places, now, 'any');
      else if (isClosed(pair.after)) {
        const message = `Properties named like ${JSON.stringify(pattern)} are refused now.`;
        yield pair.change('removes', 'schema-pattern-properties-removed', message, places[0]);
      } else yield* pair.below(places, othersOf(pair.after), 'any');
    }
    for (const [pattern, places] of is) {
      if (was.has(pattern)) continue;
      const inside = pair.conditional().below([], places, 'any').filter(isBreaking);
      if (isClosed(pair.before)) {
        // What was listed by name is judged by the pattern as well.
        if ([...declared.keys()].some((name) => mayMatch(pattern, name))) yield* inside;
        const message = `Properties named like ${JSON.stringify(pattern)} are allowed now.`;
        yield pair.change('adds', 'schema-pattern-properties-added', message, places[0]);
      } else yield* pair.conditional().below([], places, 'any');
    }
  },
};

/** What judges the names that no pattern means any more. */
function othersOf(view: ConjunctionView): readonly SchemaPlace[] {
  return view.uses('additionalProperties').filter(({ node }) => node.type !== 'scalar');
}

function byPattern(view: ConjunctionView): ReadonlyMap<string, readonly SchemaPlace[]> {
  const found = new Map<string, SchemaPlace[]>();
  for (const { node, file } of view.uses('patternProperties'))
    for (const { key, value } of node.type === 'map' ? node.entries : [])
      found.set(key, [...(found.get(key) ?? []), { node: value, file }]);
  return found;
}
