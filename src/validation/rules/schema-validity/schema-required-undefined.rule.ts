import { entryOf, type SourceNode, textOf } from '../../content/source-node';
import { IN_PLACE, schemasWithin, subschemasOf } from '../../schema/schema-keywords';
import { atNode, quote } from '../finding';
import { type Rule } from '../rule';

type Target = SourceNode | 'meta-schema' | null;

export const rule: Rule = {
  id: 'schema-required-undefined',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'WARNING',
  description: 'A schema requires a property that it does not define.',
  *run({ schemas }) {
    for (const { file, root, references } of schemas) {
      const targets = new Map(references.map(({ node, target }) => [node, target]));
      const parts = new Set([...schemasWithin(root)].flatMap((schema) => [...partsOf(schema)]));
      for (const schema of schemasWithin(root)) {
        if (parts.has(schema)) continue;
        const names = definedNames(schema, targets);
        if (names === null || names.size === 0) continue;
        for (const item of requiredIn(schema))
          if (!names.has(textOf(item) ?? ''))
            yield atNode(file, item, `Define the property ${quote(textOf(item))}, or do not require it.`);
      }
    }
  },
};

/** The schemas that judge the same value as `schema`. */
function* partsOf(schema: SourceNode): Generator<SourceNode> {
  for (const inner of subschemasOf(schema)) if (IN_PLACE.includes(inner.keyword)) yield inner.schema;
}

function* requiredIn(schema: SourceNode): Generator<SourceNode> {
  const required = entryOf(schema, 'required')?.value;
  if (required?.type === 'list') yield* required.items;
  for (const part of partsOf(schema)) yield* requiredIn(part);
}

/** Names that a schema and its parts define; null when it leaves names open, by a pattern or a reference we cannot follow. */
function definedNames(schema: SourceNode, targets: ReadonlyMap<SourceNode, Target>): ReadonlySet<string> | null {
  const names = new Set<string>();
  // Not by recursion: references can be chained as long as content likes. A set takes new members while it is walked.
  const parts = new Set([schema]);
  for (const part of parts) if (!gather(part)) return null;
  return names;

  function gather(part: SourceNode): boolean {
    for (const open of ['patternProperties', 'additionalProperties', 'unevaluatedProperties']) {
      const value = entryOf(part, open)?.value;
      if (value?.type === 'map' && value.entries.length > 0) return false;
    }
    const properties = entryOf(part, 'properties')?.value;
    if (properties?.type === 'map') for (const { key } of properties.entries) names.add(key);
    for (const keyword of ['$ref', '$dynamicRef']) {
      const reference = entryOf(part, keyword)?.value;
      if (reference === undefined) continue;
      const target = targets.get(reference);
      if (target === undefined || target === null || target === 'meta-schema') return false;
      parts.add(target);
    }
    for (const inner of partsOf(part)) parts.add(inner);
    return true;
  }
}
