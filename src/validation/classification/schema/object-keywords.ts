import { textOf } from '../../content/source-node';
import { type SchemaPlace } from './schema-side';
import { type ConjunctionView } from './conjunction-view';

/** The named properties that may be there, with every schema that judges them. */
export function declaredProperties(view: ConjunctionView): ReadonlyMap<string, readonly SchemaPlace[]> {
  const declared = new Map<string, SchemaPlace[]>();
  const forbidden = new Set<string>();
  for (const { node, file } of view.uses('properties')) {
    if (node.type !== 'map') continue;
    for (const { key, value } of node.entries) {
      if (value.type === 'scalar' && value.value === false) forbidden.add(key);
      declared.set(key, [...(declared.get(key) ?? []), { node: value, file }]);
    }
  }
  for (const name of forbidden) declared.delete(name);
  return declared;
}

/** The named properties that may not be there, each with the place that says so first. */
export function forbiddenProperties(view: ConjunctionView): ReadonlyMap<string, SchemaPlace> {
  const forbidden = new Map<string, SchemaPlace>();
  for (const { node, file } of view.uses('properties'))
    for (const { key, value } of node.type === 'map' ? node.entries : [])
      if (value.type === 'scalar' && value.value === false && !forbidden.has(key))
        forbidden.set(key, { node: value, file });
  return forbidden;
}

/** The properties that have to be there, each with the place that says so first. */
export function requiredNames(view: ConjunctionView): ReadonlyMap<string, SchemaPlace> {
  const names = new Map<string, SchemaPlace>();
  for (const { node, file } of view.uses('required'))
    for (const item of node.type === 'list' ? node.items : []) {
      const name = textOf(item);
      if (name !== undefined && !names.has(name)) names.set(name, { node: item, file });
    }
  return names;
}
