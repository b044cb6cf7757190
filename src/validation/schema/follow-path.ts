import { entryOf, type SourceNode, textOf } from '../content/source-node';
import { type SchemaView, type SchemaViews } from './schema-view';

/**
 * Where a path into a document leads, by the document's schema: to what the schema says of that place, to a place that
 * the schema leaves open, or to nothing, because the schema says what there is and names no `token`.
 */
export type Followed =
  | { readonly to: 'view'; readonly view: SchemaView }
  | { readonly to: 'open' }
  | { readonly to: 'nothing'; readonly token: string; readonly known: readonly string[] };

export interface PathFollower {
  /** Steps from a view along names, indices and `*`. A list is stepped into by its items where the next token is a name. */
  follow(from: SchemaView, tokens: readonly string[]): Followed;
  /** What the items of a list are; `open` where nothing says so, `nothing` where it is certainly no list. */
  itemsOf(view: SchemaView): SchemaView | 'open' | 'nothing';
}

/** Longer paths than documents are deep lead nowhere that anyone could look at. */
const LONGEST_PATH = 64;
/** Lists of lists of lists are stepped through this far. */
const DEEPEST_LIST = 8;

/** Of a value that more schemas judge than this, nothing is said: each would be asked for each path. */
const WIDEST_VIEW = 1_000;

type Step = SchemaView | 'open' | 'nothing';

/** Follows paths through the schemas of one release; the same step is looked up once. */
export function pathFollower(views: SchemaViews): PathFollower {
  const steps = new WeakMap<SchemaView, Map<string, Step>>();
  const namesOf = new WeakMap<SchemaView, readonly string[]>();
  const openViews = new WeakMap<SchemaView, boolean>();
  const openSchemas = new Map<SourceNode, boolean>();

  return {
    follow(from, tokens) {
      if (tokens.length > LONGEST_PATH) return { to: 'open' };
      let view = from;
      for (const token of tokens) {
        const next = stepTo(view, token);
        if (next === 'open') return { to: 'open' };
        if (next === 'nothing') return { to: 'nothing', token, known: namesBelow(view) };
        view = next;
      }
      return { to: 'view', view };
    },
    itemsOf: (view) => views.items(view) ?? (isOpen(view) ? 'open' : 'nothing'),
  };

  function stepTo(view: SchemaView, token: string): Step {
    if (view.length > WIDEST_VIEW) return 'open';
    const known = steps.get(view) ?? new Map<string, Step>();
    steps.set(view, known);
    const step = known.get(token) ?? look(view, token, DEEPEST_LIST);
    known.set(token, step);
    return step;
  }

  function look(view: SchemaView, token: string, listsLeft: number): Step {
    const property = views.property(view, token);
    if (property !== null) return property;
    const items = views.items(view);
    const otherwise = isOpen(view) || token === '*' ? 'open' : 'nothing';
    if (items === null) return otherwise;
    if (/^(\d+|\*)$/.test(token)) return items;
    const inItems = listsLeft === 0 ? 'open' : look(items, token, listsLeft - 1);
    return inItems === 'nothing' ? otherwise : inItems;
  }

  /** The names there are, for a message: of the value, or of the items of a list. */
  function namesBelow(view: SchemaView): readonly string[] {
    const known = namesOf.get(view);
    if (known !== undefined) return known;
    const own = [...views.properties(view).keys()];
    const items = own.length > 0 ? null : views.items(view);
    const names = items === null ? own : [...views.properties(items).keys()];
    namesOf.set(view, names);
    return names;
  }

  /** True when a value may have parts that the view does not name. */
  function isOpen(view: SchemaView): boolean {
    const known = openViews.get(view);
    if (known !== undefined) return known;
    const open = looksOpen(view);
    openViews.set(view, open);
    return open;
  }

  function looksOpen(view: SchemaView): boolean {
    if (views.isCut(view) || view.some(({ schema }) => takesOthers(schema))) return true;
    const own = view.filter(({ certain }) => certain);
    if (own.some(({ schema }) => saysWhatThereIs(schema))) return false;
    const alternatives = own.flatMap(({ schema }) => [...listOf(schema, 'anyOf'), ...listOf(schema, 'oneOf')]);
    return alternatives.length === 0 || alternatives.some(isOpenSchema);
  }

  function isOpenSchema(schema: SourceNode): boolean {
    const known = openSchemas.get(schema);
    if (known !== undefined) return known;
    openSchemas.set(schema, true); // where alternatives lead back to themselves, nothing is said
    const open = isOpen(views.of(schema));
    openSchemas.set(schema, open);
    return open;
  }
}

/** Says in so many words that it takes parts of other names. */
function takesOthers(schema: SourceNode): boolean {
  if (entriesOf(schema, 'patternProperties').length > 0) return true;
  return ['additionalProperties', 'unevaluatedProperties'].some((keyword) => {
    const value = entryOf(schema, keyword)?.value;
    return value?.type === 'map' || (value?.type === 'scalar' && value.value === true);
  });
}

/** Names the parts of its value, or takes none that has parts. */
function saysWhatThereIs(schema: SourceNode): boolean {
  if (schema.type === 'scalar') return schema.value === false;
  // A tuple may go on with anything.
  if (entriesOf(schema, 'properties').length > 0 || entriesOf(schema, 'items').length > 0) return true;
  const type = entryOf(schema, 'type')?.value;
  const types = type?.type === 'list' ? type.items.map(textOf) : type === undefined ? [] : [textOf(type)];
  return types.length > 0 && !types.includes('object') && !types.includes('array');
}

function entriesOf(schema: SourceNode, keyword: string) {
  const value = entryOf(schema, keyword)?.value;
  return value?.type === 'map' ? value.entries : [];
}

function listOf(schema: SourceNode, keyword: string): readonly SourceNode[] {
  const value = entryOf(schema, keyword)?.value;
  return value?.type === 'list' ? value.items : [];
}
