import { childPointer, type SourceNode } from '../content/source-node';

/** Keywords of draft-07 and 2020-12 whose value is one schema, a list of schemas, or a map of schemas. */
const ONE = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const LIST = ['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'];
const MAP = ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'];

/** Keywords whose schemas judge the very same value as the schema they stand in. */
export const IN_PLACE = ['allOf', 'anyOf', 'dependencies', 'dependentSchemas', 'else', 'if', 'oneOf', 'then'];

/** The schemas directly below a schema, with the keyword that holds them. */
export function* subschemasOf(
  schema: SourceNode,
): Generator<{ readonly keyword: string; readonly schema: SourceNode }> {
  if (schema.type !== 'map') return;
  for (const { key: keyword, value } of schema.entries) {
    if (ONE.includes(keyword) && value.type !== 'list') yield { keyword, schema: value };
    if (LIST.includes(keyword) && value.type === 'list')
      for (const item of value.items) yield { keyword, schema: item };
    if (MAP.includes(keyword) && value.type === 'map')
      for (const entry of value.entries) yield { keyword, schema: entry.value };
  }
}

/** A schema and all schemas inside it, outermost first. */
export function* schemasWithin(schema: SourceNode): Generator<SourceNode> {
  yield schema;
  for (const inner of subschemasOf(schema)) yield* schemasWithin(inner.schema);
}

/** Every regular expression a schema holds, with the node or key it is written at. */
export function* patternsWithin(
  schema: SourceNode,
): Generator<{ readonly pattern: string; readonly start: number; readonly pointer: string }> {
  for (const { type, ...inner } of schemasWithin(schema)) {
    if (type !== 'map' || !('entries' in inner)) continue;
    for (const { key, value } of inner.entries) {
      if (key === 'pattern' && value.type === 'scalar' && typeof value.value === 'string')
        yield { pattern: value.value, start: value.start, pointer: value.pointer };
      if (key === 'patternProperties' && value.type === 'map')
        for (const entry of value.entries)
          yield { pattern: entry.key, start: entry.keyStart, pointer: childPointer(value.pointer, entry.key) };
    }
  }
}
