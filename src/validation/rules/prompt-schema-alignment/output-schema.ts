import { entryOf, type SourceNode } from '../../content/source-node';
import { type PromptInspection } from '../../prompt/prompt-inspection';
import { wordsOf } from '../../prompt/mentions';
import { IN_PLACE, schemasWithin, subschemasOf } from '../../schema/schema-keywords';
import { type JsonScalar, allowedValues, typesOf } from '../../schema/schema-values';
import { type SchemaView } from '../../schema/schema-view';
import { type RuleContext } from '../rule';

/** The objects a name may belong to. */
export interface Objects {
  readonly views: readonly SchemaView[];
  /** True when the name may belong to something the schema leaves open: then nothing is certain about it. */
  readonly isOpen: boolean;
}

/** The schema of a prompt's output, asked the questions that comparing takes. */
export interface OutputSchema {
  /** Path of the file that describes the document. */
  readonly file: string;
  readonly root: Objects;
  /** Every object of the schema: where a prompt does not say which one it means. */
  readonly anywhere: Objects;
  /** The objects under a property: itself, or the items of a list. */
  objectsUnder(properties: readonly SchemaView[]): Objects;
  /** The property in those objects; in any notation where `isLoose`. */
  property(objects: Objects, name: string, isLoose: boolean): readonly SchemaView[];
  /** The property of those objects that has the same name in another notation; null when none has. */
  nameLike(objects: Objects, name: string): string | null;
  /** True when some object of the schema has a property of that name, in any notation. */
  defines(name: string): boolean;
  /** Whether objects take a property they do not define: `unknown` where a schema means it or cannot be read. */
  takes(objects: Objects, name: string): 'no' | 'yes' | 'unknown';
  /** What every one of those objects has to have. */
  required(objects: Objects): readonly string[];
  /** Scalars that a property or its items may be; null when they are not counted up. */
  allowed(properties: readonly SchemaView[]): readonly JsonScalar[] | null;
  /** File and pointer of a view, as a message names it. */
  placeOf(view: SchemaView | undefined): string;
}

interface PropertyNames {
  /** Names of properties by their words, which are the same in every notation. */
  readonly byWords: ReadonlyMap<string, string>;
  readonly hasOthers: boolean;
}

const MOST_OBJECTS = 200;
const DEEPEST_LIST = 4;

export function outputSchema({ schemas, views }: RuleContext, { schema }: PromptInspection): OutputSchema {
  const rootView = views.of(schema.root);
  const all = schemas.flatMap(({ root }) => [...standaloneSchemas(root)]);
  const names = new Set(
    schemas.flatMap(({ root }) => [...schemasWithin(root)].flatMap((each) => propertyNames(each).map(wordsOf))),
  );
  const owners = new Map(
    schemas.flatMap(({ file, root }) => [...schemasWithin(root)].map((each) => [each, file.path])),
  );

  const known = new WeakMap<SchemaView, PropertyNames>();

  return {
    file: schema.file.path,
    root: objectsUnder([rootView]),
    anywhere: {
      views: all
        .slice(0, MOST_OBJECTS)
        .map((each) => views.of(each))
        .filter(hasProperties),
      isOpen: all.length > MOST_OBJECTS || all.some((each) => isFreeForm(views.of(each))),
    },
    objectsUnder,
    property: (objects, name, isLoose) =>
      objects.views.flatMap((view): SchemaView[] => {
        const { byWords, hasOthers } = namesOf(view);
        const like = byWords.get(wordsOf(name));
        if (like === undefined && !hasOthers) return [];
        const found = views.property(view, name) ?? (isLoose && like !== undefined ? views.property(view, like) : null);
        return found === null ? [] : [found];
      }),
    nameLike: (objects, name) =>
      objects.views.flatMap((view) => namesOf(view).byWords.get(wordsOf(name)) ?? []).find((key) => key !== name) ??
      null,
    defines: (name) => names.has(wordsOf(name)),
    takes: (objects, name) => {
      if (objects.isOpen || objects.views.length === 0) return 'unknown';
      if (objects.views.some((view) => views.isCut(view) || meansOthers(view))) return 'unknown';
      return objects.views.every((view) => views.openness(view, name) === 'closed') ? 'no' : 'yes';
    },
    required: ({ views: objects }) => {
      const [first, ...others] = objects.map((view) => [...views.required(view).keys()]);
      return (first ?? []).filter((name) => others.every((list) => list.includes(name)));
    },
    allowed: (properties) => {
      const sets = scalarsUnder(properties).map(allowedValues);
      return sets.length > 0 && sets.every((set) => set !== null) ? sets.flat() : null;
    },
    placeOf: (view) => {
      const node = view?.[0]?.schema ?? schema.root;
      return `${owners.get(node) ?? schema.file.path}#${node.pointer}`;
    },
  };

  function objectsUnder(properties: readonly SchemaView[]): Objects {
    const found: SchemaView[] = [];
    let isOpen = false;
    let level = properties;
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth === DEEPEST_LIST) return { views: found, isOpen: true };
      const below: SchemaView[] = [];
      for (const view of level) {
        const types = typesOf(view);
        const items = types === null || types.has('array') ? views.items(view) : null;
        if (items !== null) below.push(items);
        if (types?.has('array') === true && items === null) isOpen = true;
        if (types !== null && !types.has('object')) continue;
        if (hasProperties(view)) found.push(view);
        else if (types !== null || items === null) isOpen = true;
      }
      level = below;
    }
    return { views: found, isOpen };
  }

  function scalarsUnder(properties: readonly SchemaView[]): readonly SchemaView[] {
    const found: SchemaView[] = [];
    let level = properties;
    for (let depth = 0; level.length > 0 && depth < DEEPEST_LIST; depth += 1) {
      const below: SchemaView[] = [];
      for (const view of level) {
        const types = typesOf(view);
        const items = types === null || types.has('array') ? views.items(view) : null;
        if (items !== null) below.push(items);
        const isScalar =
          types === null
            ? items === null
            : [...types].some((type) => type !== 'array' && type !== 'object' && type !== 'null');
        if (isScalar) found.push(view);
      }
      level = below;
    }
    return found;
  }

  /** Looked up for every field of the prompt: kept. */
  function namesOf(view: SchemaView): PropertyNames {
    let names = known.get(view);
    if (names === undefined) {
      const byWords = new Map([...views.properties(view).keys()].reverse().map((key) => [wordsOf(key), key]));
      known.set(view, (names = { byWords, hasOthers: meansOthers(view) }));
    }
    return names;
  }

  function hasProperties(view: SchemaView): boolean {
    return views.properties(view).size > 0;
  }

  /** May be an object about whose properties nothing is said. */
  function isFreeForm(view: SchemaView): boolean {
    const types = typesOf(view);
    return types === null
      ? !hasProperties(view) && views.items(view) === null
      : types.has('object') && !hasProperties(view);
  }
}

/** Says on purpose that other properties may come: then one that is not defined is no surprise. */
function meansOthers(view: SchemaView): boolean {
  return view.some(({ schema }) => {
    const others = entryOf(schema, 'additionalProperties')?.value;
    const patterns = entryOf(schema, 'patternProperties')?.value;
    return (
      (others?.type === 'scalar' && others.value === true) ||
      others?.type === 'map' ||
      (patterns?.type === 'map' && patterns.entries.length > 0)
    );
  });
}

/** Schemas that judge values of their own, not parts of another schema's verdict. */
function* standaloneSchemas(schema: SourceNode, isOwn = true): Generator<SourceNode> {
  if (isOwn && schema.type === 'map') yield schema;
  for (const inner of subschemasOf(schema))
    yield* standaloneSchemas(inner.schema, !IN_PLACE.includes(inner.keyword) && inner.keyword !== 'not');
}

function propertyNames(schema: SourceNode): readonly string[] {
  const properties = entryOf(schema, 'properties')?.value;
  return properties?.type === 'map' ? properties.entries.map(({ key }) => key) : [];
}
