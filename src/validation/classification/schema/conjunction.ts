import { canonicalText } from '../../canonical-digest';
import { entryOf, type MapNode, type SourceNode, valueOf } from '../../content/source-node';
import { type Dialect } from '../../schema/schema-inspection';
import { type Atom } from './json-types';
import { type SchemaPlace, type SchemaSide } from './schema-side';

/** One schema object all of whose keywords count, without the references and `allOf` that led to it. */
export interface Conjunct {
  readonly node: MapNode;
  readonly file: string;
  readonly dialect: Dialect;
}

/** A schema with every `$ref` and `allOf` followed: schema objects that all have to accept a document. */
export interface Conjunction {
  readonly conjuncts: readonly Conjunct[];
  /** `true` and `false` as they stand; one `false`, and nothing is accepted. */
  readonly booleans: readonly SchemaPlace[];
  readonly isNever: boolean;
  /** What is not understood here: references that lead out of the release, and schemas that are none. */
  readonly opaque: readonly (SchemaPlace & { readonly text: string })[];
  /** Only values of these types are looked at; null for all. */
  readonly only: ReadonlySet<Atom> | null;
}

const REFERENCES = ['$ref', '$dynamicRef'];

/** Everything that the given schemas demand together. A reference to itself demands nothing more. */
export function conjunctionOf(places: readonly SchemaPlace[], side: SchemaSide): Conjunction {
  const conjuncts: Conjunct[] = [];
  const booleans: SchemaPlace[] = [];
  const opaque: (SchemaPlace & { text: string })[] = [];
  const seen = new Set<SourceNode>();
  const open = [...places].reverse();
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { node, file } = place;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.type === 'map') open.push(...visit(node, file).reverse());
    else if (node.type === 'scalar' && typeof node.value === 'boolean') booleans.push(place);
    else opaque.push({ ...place, text: canonicalText(valueOf(node)) });
  }
  const isNever = booleans.some(({ node }) => node.type === 'scalar' && node.value === false);
  return { conjuncts, booleans, isNever, opaque, only: null };

  function visit(node: MapNode, file: string): SchemaPlace[] {
    const dialect = side.dialectOf(file);
    const next: SchemaPlace[] = [];
    let hasReference = false;
    for (const keyword of REFERENCES) {
      const reference = entryOf(node, keyword)?.value;
      if (reference === undefined || (keyword === '$dynamicRef' && dialect === 'draft-07')) continue;
      hasReference ||= keyword === '$ref';
      const target = side.targetOf(reference);
      if (target === null) opaque.push({ node: reference, file, text: canonicalText(valueOf(reference)) });
      else next.push(target);
    }
    // Draft-07 ignores everything beside `$ref`.
    if (hasReference && dialect === 'draft-07') return next;
    conjuncts.push({ node, file, dialect });
    const all = entryOf(node, 'allOf')?.value;
    if (all?.type === 'list') next.push(...all.items.map((item) => ({ node: item, file })));
    return next;
  }
}

/** Both at once. */
export function both(a: Conjunction, b: Conjunction): Conjunction {
  return {
    conjuncts: [...new Set([...a.conjuncts, ...b.conjuncts])],
    booleans: [...a.booleans, ...b.booleans],
    isNever: a.isNever || b.isNever,
    opaque: [...a.opaque, ...b.opaque],
    only: a.only ?? b.only,
  };
}
