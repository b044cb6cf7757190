import { valueOf } from '../../../content/source-node';
import { canonicalText } from '../../../canonical-digest';
import { withoutSecrets } from '../../../secrets/find-secrets';
import { atomOf } from '../json-types';
import { type SchemaPair, type SchemaRule } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { type ConjunctionView } from '../conjunction-view';

/** `enum` and `const`: both are lists of the values that are allowed. */
export const valuesRule: SchemaRule = {
  keywords: ['enum', 'const'],
  *compare(pair) {
    const { before, after } = pair;
    if (before.values() === null && after.values() === null) return;
    const [was, is] = [before.values() ?? finiteValues(before), after.values() ?? finiteValues(after)];
    if (was !== null && is !== null) {
      yield* compareLists(pair, was, is);
    } else if (is !== null) {
      yield pair.change('narrows', 'schema-enum-added', `Only listed values are allowed now.`, placeIn(after));
    } else if (was !== null) {
      const types = after.types();
      const isWider = [...was.values()].every((value) => types.has(atomOf(value)));
      yield isWider
        ? pair.change('widens', 'schema-enum-removed', 'Any value of its type is allowed now.', placeIn(before))
        : pair.change('narrows', 'schema-type-changed', 'The listed values do not have the type.', placeIn(before));
    }
  },
};

function* compareLists(pair: SchemaPair, was: ReadonlyMap<string, unknown>, is: ReadonlyMap<string, unknown>) {
  const gone = [...was.keys()].filter((key) => !is.has(key));
  const added = [...is.keys()].filter((key) => !was.has(key));
  const places = [placeIn(pair.after), placeIn(pair.before)];
  const [constant] = [...is.keys()];
  if (was.size === 1 && is.size === 1 && gone.length === 1 && constant !== undefined) {
    const message = `The only allowed value is ${short(constant)} now, it was ${short(gone[0] ?? '')}.`;
    yield pair.change('narrows', 'schema-const-changed', message, ...places);
    return;
  }
  for (const key of gone) {
    const message = `The value ${short(key)} is not allowed any more.`;
    yield pair.change('narrows', 'schema-enum-value-removed', message, ...places);
  }
  const items = added.length === 0 ? new Map<string, SchemaPlace>() : itemsOf(pair.after);
  for (const key of added) {
    const place = items.get(key) ?? places[0];
    yield pair.change('widens', 'schema-enum-value-added', `The value ${short(key)} is allowed now.`, place, places[1]);
  }
}

/** All values there are, where there are few. */
function finiteValues(view: ConjunctionView): ReadonlyMap<string, unknown> | null {
  const types = view.types();
  if ([...types].some((type) => type !== 'null' && type !== 'boolean')) return null;
  const values = [...(types.has('null') ? [null] : []), ...(types.has('boolean') ? [false, true] : [])];
  return new Map(values.map((value) => [canonicalText(value), value]));
}

function placeIn(view: ConjunctionView): SchemaPlace | undefined {
  return view.uses('enum')[0] ?? view.uses('const')[0] ?? view.uses('type')[0];
}

/** Where each listed value is written first. */
function itemsOf(view: ConjunctionView): ReadonlyMap<string, SchemaPlace> {
  const items = new Map<string, SchemaPlace>();
  for (const { node, file } of view.uses('enum'))
    for (const item of node.type === 'list' ? node.items : []) {
      const key = canonicalText(valueOf(item));
      if (!items.has(key)) items.set(key, { node: item, file });
    }
  return items;
}

const LONGEST = 60;

/** Masked before it is cut: half a secret is not recognised any more. */
function short(text: string): string {
  const told = withoutSecrets(text);
  return told.length > LONGEST ? `${told.slice(0, LONGEST)}...` : told;
}
