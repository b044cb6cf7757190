import { getNamedType, type GraphQLNamedType, type GraphQLObjectType, isNonNullType, isObjectType } from 'graphql';

interface Place {
  readonly text: string;
  readonly type: GraphQLNamedType;
  readonly depth: number;
  children: Place[] | null;
}

/**
 * Everything that can be read from a type: each type that it leads to is selected with all its fields once, at the place
 * nearest to the root, and without what leads on elsewhere, so that the text stays small and shallow. Named arguments that are required get a value of `values`.
 */
export function fullSelection(
  type: GraphQLObjectType,
  values: Readonly<Record<string, string>>,
): { readonly selection: string; readonly fields: readonly string[] } {
  const root: Place = { text: '', type, depth: 0, children: null };
  const expanded = new Set<string>();
  const fields: string[] = [];
  const queue = [root];
  for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
    const { type: parent, depth } = place;
    if (!isObjectType(parent) || expanded.has(parent.name)) continue;
    expanded.add(parent.name);
    place.children = Object.values(parent.getFields()).map((field) => {
      fields.push(`${parent.name}.${field.name}`);
      const args = field.args
        .filter((arg) => isNonNullType(arg.type))
        .map(({ name }) => `${name}: ${values[name] ?? 'null'}`);
      const text = args.length === 0 ? field.name : `${field.name}(${args.join(', ')})`;
      return { text, type: getNamedType(field.type), depth: depth + 1, children: null };
    });
    queue.push(...place.children);
  }
  return { selection: printed(root), fields };
}

function printed({ text, type, children }: Place): string {
  if (!isObjectType(type)) return text;
  return `${text} { ${(children === null ? leavesOf(type) : children.map(printed)).join(' ')} }`;
}

/** What is read of a type elsewhere: all but what leads on. */
function leavesOf(type: GraphQLObjectType): string[] {
  const leaves = Object.values(type.getFields()).filter((field) => !isObjectType(getNamedType(field.type)));
  return ['__typename', ...leaves.map((field) => field.name)];
}
