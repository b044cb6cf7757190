import { canonicalText } from '../../../canonical-digest';
import { valueOf } from '../../../content/source-node';
import { type SchemaChange } from '../schema-change';
import { type SchemaPair } from '../schema-rule';
import { type SchemaPlace } from '../schema-side';
import { type ConjunctionView } from '../conjunction-view';

/** Keywords that no rule answers for: whatever they mean, a difference may break somebody. */
export function* compareUnknownKeywords(pair: SchemaPair, known: ReadonlySet<string>): Generator<SchemaChange> {
  const [was, is] = [unknownOf(pair.before, known), unknownOf(pair.after, known)];
  for (const keyword of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [former, now] = [was.get(keyword) ?? [], is.get(keyword) ?? []];
    if (textOf(former) === textOf(now)) continue;
    const message = `No rule knows the keyword ${JSON.stringify(keyword)}, which is another now.`;
    yield pair.change('unknown', 'schema-keyword-unknown', message, now[0], former[0]);
  }
}

function unknownOf(view: ConjunctionView, known: ReadonlySet<string>): ReadonlyMap<string, readonly SchemaPlace[]> {
  const found = new Map<string, SchemaPlace[]>();
  for (const { node, file } of view.conjunction.conjuncts)
    for (const { key, value } of node.entries)
      if (!known.has(key)) found.set(key, [...(found.get(key) ?? []), { node: value, file }]);
  return found;
}

function textOf(places: readonly SchemaPlace[]): string {
  return canonicalText(places.map(({ node }) => canonicalText(valueOf(node))).sort());
}
