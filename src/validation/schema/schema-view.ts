import { entryOf, type SourceNode, textOf } from '../content/source-node';
import { type SchemaInspection } from './schema-inspection';

/** One schema that judges a value. */
export interface SchemaPart {
  readonly schema: SourceNode;
  /** False for what judges the value only on a condition: a branch of `anyOf`, `oneOf`, `if` or `dependentSchemas`. */
  readonly certain: boolean;
}

/**
 * Everything that judges one value: a schema with what its `$ref`, `allOf` and alternatives bring in, each once, the
 * outermost first. Never empty.
 */
export type SchemaView = readonly SchemaPart[];

/** What a view says of a property: `defined` somewhere, `closed` to it for certain, else `open`. */
export type Openness = 'defined' | 'open' | 'closed';

/** Looks into schemas through `$ref` (also into other files of the release), `allOf`, `items` and alternatives, in draft-07 and 2020-12. */
export interface SchemaViews {
  /** The view of a schema that stands on its own, such as the root of a schema file. */
  of(schema: SourceNode): SchemaView;
  /** What judges the property `name` where it is present; null when nothing defines it. */
  property(view: SchemaView, name: string): SchemaView | null;
  /** What judges the items of a list; null when nothing says what they are. */
  items(view: SchemaView): SchemaView | null;
  /** Properties that are defined by name, in order, with the first schema that defines each. */
  properties(view: SchemaView): ReadonlyMap<string, SourceNode>;
  /** Properties that every valid object has, in order, with the place that requires each. */
  required(view: SchemaView): ReadonlyMap<string, SourceNode>;
  openness(view: SchemaView, name: string): Openness;
  /** True when a `$ref` below the view leads to nothing that can be read: then what the view lacks may be there. */
  isCut(view: SchemaView): boolean;
}

const ALTERNATIVES = ['anyOf', 'oneOf'];
const CONDITIONAL = ['if', 'then', 'else'];

/** Views over the schema files of one release. */
export function schemaViews(inspections: readonly SchemaInspection[]): SchemaViews {
  const targets = new Map(
    inspections.flatMap(({ references }) => references.map(({ node, target }) => [node, target])),
  );

  const views: SchemaViews = {
    of: (schema) => expand([{ schema, certain: true }]),
    property: (view, name) => below(view, (schema) => propertySchemas(schema, name)),
    items: (view) => below(view, itemSchemas),
    properties: (view) => {
      const names = new Map<string, SourceNode>();
      for (const { schema } of view)
        for (const { key, value } of entriesOf(schema, 'properties')) if (!names.has(key)) names.set(key, value);
      return names;
    },
    required: (view) => {
      const names = ownRequired(view);
      for (const branches of alternativesOf(view)) {
        const [first, ...others] = branches.map(ownRequired);
        for (const [name, node] of first ?? [])
          if (!names.has(name) && others.every((branch) => branch.has(name))) names.set(name, node);
      }
      return names;
    },
    openness: (view, name) => {
      if (views.property(view, name) !== null) return 'defined';
      const closes = (part: SchemaView): boolean => isClosedTo(part, name);
      return closes(view) || alternativesOf(view).some((branches) => branches.every(closes)) ? 'closed' : 'open';
    },
    isCut: (view) =>
      view.some(({ schema }) => referencesOf(schema).some((reference) => typeof targetOf(reference) === 'string')),
  };
  return views;

  function expand(roots: readonly SchemaPart[]): SchemaView {
    const found = new Map<SourceNode, boolean>();
    const visit = (schema: SourceNode, certain: boolean): void => {
      const known = found.get(schema);
      if (known === true || known === certain) return;
      found.set(schema, certain);
      for (const reference of referencesOf(schema)) {
        const target = targetOf(reference);
        if (typeof target !== 'string') visit(target, certain);
      }
      for (const part of listOf(schema, 'allOf')) visit(part, certain);
      for (const keyword of ALTERNATIVES) for (const part of listOf(schema, keyword)) visit(part, false);
      for (const keyword of CONDITIONAL) {
        const part = entryOf(schema, keyword)?.value;
        if (part !== undefined) visit(part, false);
      }
      for (const keyword of ['dependentSchemas', 'dependencies'])
        for (const { value } of entriesOf(schema, keyword)) if (value.type !== 'list') visit(value, false);
    };
    for (const { schema, certain } of roots) visit(schema, certain);
    return [...found].map(([schema, certain]) => ({ schema, certain }));
  }

  function below(view: SchemaView, schemasIn: (schema: SourceNode) => readonly SourceNode[]): SchemaView | null {
    const roots = view.flatMap(({ schema, certain }) => schemasIn(schema).map((inner) => ({ schema: inner, certain })));
    return roots.length === 0 ? null : expand(roots);
  }

  /** Whichever of the alternatives holds, one of these views does. Not deeper: alternatives may lead back to themselves. */
  function alternativesOf(view: SchemaView): readonly (readonly SchemaView[])[] {
    return view
      .filter(({ certain }) => certain)
      .flatMap(({ schema }) => ALTERNATIVES.map((keyword) => listOf(schema, keyword)))
      .filter((branches) => branches.length > 0)
      .map((branches) => branches.map((branch) => views.of(branch)));
  }

  function ownRequired(view: SchemaView): Map<string, SourceNode> {
    const names = new Map<string, SourceNode>();
    for (const { schema, certain } of view)
      for (const item of certain ? listOf(schema, 'required') : []) {
        const name = textOf(item);
        if (name !== undefined && !names.has(name)) names.set(name, item);
      }
    return names;
  }

  function isClosedTo(view: SchemaView, name: string): boolean {
    if (views.property(view, name) !== null) return false;
    return view.some(({ schema, certain }) => certain && (isClosed(schema) || isSealed(schema, view)));
  }

  function targetOf(reference: SourceNode): SourceNode | 'unreadable' {
    const target = targets.get(reference);
    return target === undefined || target === null || target === 'meta-schema' ? 'unreadable' : target;
  }
}

function propertySchemas(schema: SourceNode, name: string): readonly SourceNode[] {
  const named = namedProperties(schema).get(name);
  if (named !== undefined) return [named];
  // Which names a pattern means is left open: it is enough that they are not forbidden.
  const others = entryOf(schema, 'additionalProperties')?.value;
  return others?.type === 'map' && others.entries.length > 0 ? [others] : [];
}

// A schema of thousands of properties is asked for each of them.
const propertiesOf = new WeakMap<SourceNode, ReadonlyMap<string, SourceNode>>();

function namedProperties(schema: SourceNode): ReadonlyMap<string, SourceNode> {
  const known = propertiesOf.get(schema);
  if (known !== undefined) return known;
  const named = new Map(entriesOf(schema, 'properties').map(({ key, value }) => [key, value]));
  propertiesOf.set(schema, named);
  return named;
}

function itemSchemas(schema: SourceNode): readonly SourceNode[] {
  const tuple = [...listOf(schema, 'prefixItems'), ...listOf(schema, 'items')];
  const rest = ['items', 'additionalItems', 'contains'].flatMap((keyword) => {
    const value = entryOf(schema, keyword)?.value;
    return value?.type === 'map' ? [value] : [];
  });
  return [...tuple, ...rest];
}

/** Takes no property but those it names itself. */
function isClosed(schema: SourceNode): boolean {
  return isFalse(schema, 'additionalProperties') && entriesOf(schema, 'patternProperties').length === 0;
}

/** Takes no property but those that something in its view names. */
function isSealed(schema: SourceNode, view: SchemaView): boolean {
  return isFalse(schema, 'unevaluatedProperties') && view.every((part) => isNamedOnly(part.schema));
}

/** Adds no property but by name. */
function isNamedOnly(schema: SourceNode): boolean {
  return (
    entriesOf(schema, 'patternProperties').length === 0 && entryOf(schema, 'additionalProperties')?.value.type !== 'map'
  );
}

function referencesOf(schema: SourceNode): readonly SourceNode[] {
  return ['$ref', '$dynamicRef'].flatMap((keyword) => entryOf(schema, keyword)?.value ?? []);
}

function entriesOf(schema: SourceNode, keyword: string) {
  const value = entryOf(schema, keyword)?.value;
  return value?.type === 'map' ? value.entries : [];
}

function listOf(schema: SourceNode, keyword: string): readonly SourceNode[] {
  const value = entryOf(schema, keyword)?.value;
  return value?.type === 'list' ? value.items : [];
}

function isFalse(schema: SourceNode, keyword: string): boolean {
  const value = entryOf(schema, keyword)?.value;
  return value?.type === 'scalar' && value.value === false;
}
