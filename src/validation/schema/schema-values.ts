import { entryOf, type SourceNode, textOf } from '../content/source-node';
import { type SchemaView } from './schema-view';

export type JsonScalar = string | number | boolean | null;

/** JSON types that a value under a view can have, for certain; null when nothing certain is said. */
export function typesOf(view: SchemaView): ReadonlySet<string> | null {
  const [first, ...others] = view.flatMap(({ schema, certain }) => (certain ? (ownTypes(schema) ?? []) : []));
  return first === undefined ? null : new Set([...first].filter((type) => others.every((types) => types.has(type))));
}

/** The scalars that `enum` and `const` of a view allow, for certain; null when they allow others too. */
export function allowedValues(view: SchemaView): readonly JsonScalar[] | null {
  const [first, ...others] = view.flatMap(({ schema, certain }) => {
    const own = certain ? ownValues(schema) : null;
    return own === null ? [] : [own];
  });
  return first?.filter((value) => others.every((values) => values.includes(value))) ?? null;
}

function ownTypes(schema: SourceNode): Set<string> | null {
  const type = entryOf(schema, 'type')?.value;
  if (type === undefined) {
    const values = ownValues(schema);
    return values === null ? null : new Set(values.map((value) => (value === null ? 'null' : typeof value)));
  }
  const names = type.type === 'list' ? type.items.map(textOf) : [textOf(type)];
  return new Set(names.flatMap((name) => (name === 'number' ? ['number', 'integer'] : (name ?? []))));
}

/** Also of `oneOf` and `anyOf` whose every branch is a `const` or `enum` of its own. */
function ownValues(schema: SourceNode): readonly JsonScalar[] | null {
  const constant = entryOf(schema, 'const')?.value;
  if (constant !== undefined) return scalars([constant]);
  const listed = entryOf(schema, 'enum')?.value;
  if (listed?.type === 'list') return scalars(listed.items);
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = entryOf(schema, keyword)?.value;
    if (branches?.type !== 'list') continue;
    const values = branches.items.map((branch) => {
      const single = entryOf(branch, 'const')?.value;
      const several = entryOf(branch, 'enum')?.value;
      return single !== undefined ? scalars([single]) : several?.type === 'list' ? scalars(several.items) : null;
    });
    if (values.length > 0 && values.every((each) => each !== null)) return values.flat();
  }
  return null;
}

function scalars(nodes: readonly SourceNode[]): readonly JsonScalar[] | null {
  return nodes.every((node) => node.type === 'scalar') ? nodes.map((node) => node.value) : null;
}
