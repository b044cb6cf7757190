import { textOf } from '../../../content/source-node';
import { type SchemaRule, speakOf } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { type ConjunctionView } from '../conjunction-view';

/** `dependentRequired`, `dependentSchemas` and draft-07's `dependencies`, which is both. */
export const dependenciesRule: SchemaRule = {
  keywords: ['dependencies', 'dependentRequired', 'dependentSchemas'],
  *compare(pair) {
    if (!speakOf(pair, 'object')) return;
    const [was, is] = [dependenciesOf(pair.before), dependenciesOf(pair.after)];
    for (const [key, place] of is.names)
      if (!was.names.has(key))
        yield pair.change('narrows', 'schema-dependency-added', `${key} is demanded now.`, place);
    for (const [key, place] of was.names)
      if (!is.names.has(key))
        yield pair.change('widens', 'schema-dependency-removed', `${key} is not demanded any more.`, place);
    for (const property of new Set([...was.schemas.keys(), ...is.schemas.keys()]))
      yield* pair.conditional().below(was.schemas.get(property) ?? [], is.schemas.get(property) ?? []);
  },
};

function dependenciesOf(view: ConjunctionView) {
  const names = new Map<string, SchemaPlace>();
  const schemas = new Map<string, SchemaPlace[]>();
  for (const keyword of ['dependencies', 'dependentRequired', 'dependentSchemas'])
    for (const { node, file } of view.uses(keyword))
      for (const { key, value } of node.type === 'map' ? node.entries : []) {
        if (value.type !== 'list') schemas.set(key, [...(schemas.get(key) ?? []), { node: value, file }]);
        for (const item of value.type === 'list' ? value.items : [])
          names.set(`${JSON.stringify(textOf(item))} beside ${JSON.stringify(key)}`, { node: item, file });
      }
  return { names, schemas };
}
