import { valueOf } from '../../../content/source-node';
import { canonicalText } from '../../../canonical-digest';
import { type SchemaPair, type SchemaRule, speakOf } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { declaredProperties, requiredNames } from '../object-keywords';

/** `properties`: what is gone, what is new, and what each demands. A property whose schema is `false` is none. */
export const propertiesRule: SchemaRule = {
  keywords: ['properties'],
  *compare(pair) {
    if (!speakOf(pair, 'object')) return;
    const [was, is] = [declaredProperties(pair.before), declaredProperties(pair.after)];
    const required = requiredNames(pair.after);
    for (const [name, places] of was) {
      const now = is.get(name);
      if (now === undefined) yield removed(pair, name, places, is, was);
      else yield* pair.below(places, now, { property: name });
    }
    for (const [name, places] of is) {
      // One that is required at once is what breaks: the rule of `required` says so.
      if (was.has(name) || required.has(name)) continue;
      const message = `The optional property ${JSON.stringify(name)} was added.`;
      yield pair.change('adds', 'schema-property-added', message, places[0]);
    }
  },
};

type Declared = ReturnType<typeof declaredProperties>;

function removed(pair: SchemaPair, name: string, places: readonly SchemaPlace[], is: Declared, was: Declared) {
  const successor = [...is].find(([other, now]) => !was.has(other) && textOf(now) === textOf(places))?.[0];
  return successor === undefined
    ? pair.change('removes', 'schema-property-removed', `The property ${JSON.stringify(name)} was removed.`, places[0])
    : pair.change(
        'removes',
        'schema-property-renamed',
        `The property ${JSON.stringify(name)} was renamed to ${JSON.stringify(successor)}.`,
        places[0],
      );
}

function textOf(places: readonly SchemaPlace[]): string {
  return canonicalText(places.map(({ node }) => valueOf(node)));
}
