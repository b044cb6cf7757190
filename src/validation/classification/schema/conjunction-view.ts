import { canonicalText } from '../../canonical-digest';
import { entryOf, type SourceNode, valueOf } from '../../content/source-node';
import { type Conjunct, type Conjunction } from './conjunction';
import { type Atom, atomOf, ATOMS, atomsOfType } from './json-types';
import { type SchemaPlace } from './schema-side';

/** A keyword as one of the schema objects of a conjunction has it. */
export interface Use extends SchemaPlace {
  readonly conjunct: Conjunct;
}

/** `anyOf` or `oneOf` of one schema object. */
export interface Group extends Use {
  readonly kind: 'anyOf' | 'oneOf';
  readonly branches: readonly SchemaPlace[];
}

/** What a conjunction demands, keyword by keyword. */
export interface ConjunctionView {
  readonly conjunction: Conjunction;
  uses(keyword: string): readonly Use[];
  /** The types of the values that can be accepted, as far as types and listed values say. */
  types(): ReadonlySet<Atom>;
  /** The values that `enum` and `const` leave, by canonical text; null when there are neither. */
  values(): ReadonlyMap<string, unknown> | null;
  /** The alternatives that are more than a choice of types. */
  groups(): readonly Group[];
}

export function conjunctionView(conjunction: Conjunction): ConjunctionView {
  const uses = (keyword: string): Use[] =>
    conjunction.conjuncts.flatMap((conjunct) => {
      const node = entryOf(conjunct.node, keyword)?.value;
      return node === undefined ? [] : [{ node, file: conjunct.file, conjunct }];
    });
  const allGroups = (['anyOf', 'oneOf'] as const).flatMap((kind) =>
    uses(kind).flatMap((use) => (use.node.type === 'list' ? [{ ...use, kind, branches: branchesOf(use) }] : [])),
  );
  const view: ConjunctionView = {
    conjunction,
    uses,
    types: memo(() => {
      const values = view.values();
      return values === null ? writtenTypes() : new Set([...values.values()].map(atomOf));
    }),
    values: memo(() => valuesAmong(writtenTypes())),
    groups: memo(() => allGroups.filter((group) => typesOfGroup(group) === null)),
  };
  return view;

  function writtenTypes(): ReadonlySet<Atom> {
    if (conjunction.isNever) return new Set();
    const sets = [
      ...(conjunction.only === null ? [] : [conjunction.only]),
      ...uses('type').map(({ node }) => typesOf(node)),
      ...allGroups.flatMap((group) => typesOfGroup(group) ?? []),
    ];
    return new Set(ATOMS.filter((atom) => sets.every((set) => set.has(atom))));
  }

  function valuesAmong(types: ReadonlySet<Atom>): ReadonlyMap<string, unknown> | null {
    const lists = [
      ...uses('const').map(({ node }) => [valueOf(node)]),
      ...uses('enum').flatMap(({ node }) => (node.type === 'list' ? [node.items.map(valueOf)] : [])),
    ].map((list) => new Map(list.map((value) => [canonicalText(value), value])));
    const [first, ...rest] = lists;
    if (first === undefined) return null;
    return new Map(
      [...first].filter(([key, value]) => types.has(atomOf(value)) && rest.every((list) => list.has(key))),
    );
  }
}

/** The types that `type` names, written as one or as a list. */
export function typesOf(node: SourceNode): ReadonlySet<Atom> {
  const written = valueOf(node);
  return new Set((Array.isArray(written) ? written : [written]).flatMap(atomsOfType));
}

const SAYS_NOTHING = new Set(['$comment', 'default', 'description', 'examples', 'title', 'type']);

/** The types of a group whose branches name a type and nothing else; null for other groups. */
function typesOfGroup({ kind, branches }: Group): ReadonlySet<Atom> | null {
  const sets: ReadonlySet<Atom>[] = [];
  for (const { node } of branches) {
    const type = entryOf(node, 'type')?.value;
    if (node.type !== 'map' || type === undefined || node.entries.some(({ key }) => !SAYS_NOTHING.has(key)))
      return null;
    sets.push(typesOf(type));
  }
  const all = sets.flatMap((set) => [...set]);
  // What two branches of `oneOf` accept is refused by it.
  return kind === 'anyOf' || new Set(all).size === all.length ? new Set(all) : null;
}

function branchesOf({ node, file }: Use): readonly SchemaPlace[] {
  return node.type === 'list' ? node.items.map((item) => ({ node: item, file })) : [];
}

function memo<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => (known ??= { value: compute() }).value;
}
