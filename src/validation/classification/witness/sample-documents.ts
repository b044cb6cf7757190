import { both, type Conjunction, conjunctionOf } from '../schema/conjunction';
import { ATOMS } from '../schema/json-types';
import { declaredProperties, requiredNames } from '../schema/object-keywords';
import { placesAt } from '../schema/rules/items';
import { type Step } from '../schema/schema-change';
import { type SchemaPlace, type SchemaSide } from '../schema/schema-side';
import { conjunctionView, type ConjunctionView } from '../schema/conjunction-view';
import { withoutGroup } from '../schema/cover-alternatives';
import { numbersOf, sampleNumbers, sampleTexts } from './sample-scalars';

/** Documents that a schema probably accepts, with the part at `steps` varied. Whoever uses them checks. */
export interface DocumentSampler {
  documents(root: SchemaPlace, steps: readonly Step[]): Generator;
}

const MAX_DEPTH = 12;
const MAX_BRANCHES = 6;
const MAX_ITEMS = 20;
const EXTRA = 'another_property';

/** Makes the same documents of the same schema, in the same order. Stops making them after a number of schemas. */
export function documentSampler(side: SchemaSide, budget: number): DocumentSampler {
  let left = budget;
  const expand = (places: readonly SchemaPlace[]): Conjunction => conjunctionOf(places, side);
  return { documents: (root, steps) => along(expand([root]), steps) };

  function* along(schema: Conjunction, steps: readonly Step[]): Generator {
    const [step, ...rest] = steps;
    for (const view of choices(schema)) {
      if (step === undefined) yield* variants(view, 0);
      else if (step === 'any') yield* withExtra(view, rest);
      else if ('property' in step) yield* withProperty(view, step.property, rest);
      else yield* withItem(view, step.item, rest);
    }
  }

  function* withProperty(view: ConjunctionView, name: string, rest: readonly Step[]): Generator {
    const places = declaredProperties(view).get(name);
    const base = minimalObject(view, 0);
    if (places === undefined || base === undefined) return;
    for (const value of along(expand(places), rest)) yield { ...base, [name]: value };
  }

  function* withExtra(view: ConjunctionView, rest: readonly Step[]): Generator {
    const base = minimalObject(view, 0);
    if (base === undefined) return;
    for (const value of along(expand(view.uses('additionalProperties')), rest)) yield { ...base, [EXTRA]: value };
    if (rest.length === 0) yield* variants(view, 0);
  }

  function* withItem(view: ConjunctionView, index: number, rest: readonly Step[]): Generator {
    const least = Math.max(index + 1, ...numbersOf(view, 'minItems'));
    const base = arrayOf(view, Math.min(least, MAX_ITEMS), 0);
    if (base === undefined) return;
    for (const value of along(expand(placesAt(view, index)), rest))
      yield base.map((item, each) => (each === index ? value : item));
  }

  /** A schema once per choice among its alternatives. */
  function* choices(schema: Conjunction): Generator<ConjunctionView> {
    left -= 1;
    if (left < 0) return;
    const view = conjunctionView(schema);
    const [group] = view.groups();
    if (group === undefined) yield view;
    else
      for (const branch of group.branches.slice(0, MAX_BRANCHES))
        yield* choices(both(withoutGroup(view, group), expand([branch])));
  }

  /** All the values that are worth trying where the schemas differ. */
  function* variants(view: ConjunctionView, depth: number): Generator {
    const values = view.values();
    if (values !== null) {
      yield* values.values();
      return;
    }
    const types = view.types();
    const plain = ATOMS.filter((atom) => types.has(atom));
    for (const type of plain) {
      if (type === 'null') yield null;
      if (type === 'boolean') yield* [true, false];
      if (type === 'string') yield* sampleTexts(view);
      if (type === 'object') yield* objects(view, depth);
      if (type === 'array') yield* arrays(view, depth);
    }
    if (types.has('integer') || types.has('fraction')) yield* sampleNumbers(view);
  }

  function* objects(view: ConjunctionView, depth: number): Generator<object> {
    const least = minimalObject(view, depth);
    if (least === undefined) return;
    yield least;
    const full: Record<string, unknown> = { ...least };
    for (const [name, places] of declaredProperties(view)) {
      if (Object.hasOwn(full, name)) continue;
      const value = minimal(expand(places), depth + 1);
      if (value === undefined) continue;
      full[name] = value;
      yield { ...least, [name]: value };
    }
    yield full;
    const required = requiredNames(view);
    for (const name of Object.keys(full))
      if (!required.has(name)) yield Object.fromEntries(Object.entries(full).filter(([key]) => key !== name));
    yield { ...least, [EXTRA]: 'text' };
    yield { ...least, [EXTRA]: 1 };
    for (let count = 1; count <= MAX_ITEMS; count += 1)
      yield { ...least, ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`${EXTRA}_${index}`, 1])) };
  }

  function* arrays(view: ConjunctionView, depth: number): Generator<readonly unknown[]> {
    const least = Math.max(0, ...numbersOf(view, 'minItems'));
    const most = Math.min(MAX_ITEMS, ...numbersOf(view, 'maxItems'));
    for (const length of new Set([least, least + 1, least + 2, most - 1, most])) {
      if (length < least || length > most) continue;
      const items = arrayOf(view, length, depth);
      if (items !== undefined) yield items;
    }
    const first = firstOf(variants(conjunctionView(expand(placesAt(view, 0))), depth + 1), 8);
    yield first;
    yield [...new Set(first)].slice(0, Math.max(least, 2));
  }

  function minimal(schema: Conjunction, depth: number): unknown {
    for (const view of choices(schema)) {
      if (depth > MAX_DEPTH) return undefined;
      const values = view.values();
      if (values !== null) return [...values.values()][0];
      const types = view.types();
      // Plain values first: they need nothing else.
      if (types.has('string')) return sampleTexts(view)[0] ?? '';
      if (types.has('object')) {
        const value = minimalObject(view, depth);
        if (value !== undefined) return value;
      }
      if (types.has('array')) {
        const value = arrayOf(view, Math.max(0, ...numbersOf(view, 'minItems')), depth);
        if (value !== undefined) return value;
      }
      if (types.has('integer') || types.has('fraction')) return sampleNumbersFor(view)[0] ?? 0;
      if (types.has('boolean')) return true;
      if (types.has('null')) return null;
    }
    return undefined;
  }

  function minimalObject(view: ConjunctionView, depth: number): Record<string, unknown> | undefined {
    if (!view.types().has('object')) return undefined;
    const declared = declaredProperties(view);
    const made: Record<string, unknown> = {};
    for (const name of requiredNames(view).keys()) {
      const value = minimal(expand(declared.get(name) ?? []), depth + 1);
      if (value === undefined) return undefined;
      made[name] = value;
    }
    return made;
  }

  function arrayOf(view: ConjunctionView, length: number, depth: number): readonly unknown[] | undefined {
    if (!view.types().has('array') || length > MAX_ITEMS) return undefined;
    const items: unknown[] = [];
    for (let index = 0; index < length; index += 1) {
      const item = minimal(expand(placesAt(view, index)), depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }
}

/** Numbers within the bounds, the plainest first. */
function sampleNumbersFor(view: ConjunctionView): readonly number[] {
  const least = Math.max(-Infinity, ...numbersOf(view, 'minimum'), ...numbersOf(view, 'exclusiveMinimum'));
  const most = Math.min(Infinity, ...numbersOf(view, 'maximum'), ...numbersOf(view, 'exclusiveMaximum'));
  const steps = numbersOf(view, 'multipleOf');
  return [...sampleNumbers(view)].filter(
    (value) => value >= least && value <= most && steps.every((step) => value % step === 0),
  );
}

function firstOf<T>(values: Generator<T>, count: number): T[] {
  const taken: T[] = [];
  for (const value of values) {
    taken.push(value);
    if (taken.length === count) break;
  }
  return taken;
}
