import { type DemandedField, type PromptDemands } from '../../prompt/prompt-demands';
import { type SchemaView } from '../../schema/schema-view';
import { typesOf } from '../../schema/schema-values';
import { quote } from '../finding';
import { compareValues, isValueList } from './compare-values';
import { type Disagreement, type PlacedObject } from './disagreement';
import { type Objects, type OutputSchema } from './output-schema';

/** What the schema does not know, or not in that form, of the fields that a prompt demands. */
export function* compareFields(
  { object, objects, isDocument }: PlacedObject,
  demands: PromptDemands,
  schema: OutputSchema,
): Generator<Disagreement> {
  const isSkeleton = object.form === 'skeleton';
  const prohibited = new Set(demands.prohibitions.map(({ path }) => path.at(-1)));
  // A list elsewhere may be about what the output tells of, unless the schema knows some of its names.
  const counts = objects.views.map((view) => ({
    view,
    count: object.fields.filter(({ name }) => knows(view, name)).length,
  }));
  // Fields none of which the schema knows may be those of anything.
  const isOfSchema = counts.some(({ count }) => count > 0) || object.fields.some(({ name }) => schema.defines(name));
  // An object inside of the output is known by two of its fields; only the document itself is the root.
  const inside = isDocument ? undefined : closest(counts);
  const isCertain =
    isOfSchema &&
    (isDocument || inside !== undefined) &&
    (isSkeleton || object.isInOutput || counts.some(({ count }) => count > 1));
  yield* compareAll(object.fields, objects, isSkeleton || object.isOfFields);

  function closest(views: readonly { readonly view: SchemaView; readonly count: number }[]): SchemaView | undefined {
    const root = schema.placeOf(schema.root.views[0]);
    const most = Math.max(2, ...views.map(({ count }) => count));
    return views.find(({ view, count }) => count === most && schema.placeOf(view) !== root)?.view;
  }

  function knows(view: SchemaView, name: string): boolean {
    return schema.property({ views: [view], isOpen: false }, name, true).length > 0;
  }

  function* compareAll(
    fields: readonly DemandedField[],
    owners: Objects,
    isOfFields: boolean,
  ): Generator<Disagreement> {
    const known = new Map(fields.map((field) => [field, schema.property(owners, field.name, !isSkeleton)]));
    const sure = fields.filter((field) => field.isCode || (known.get(field)?.length ?? 0) > 0).length;
    const isListOfFields = isOfFields || sure * 2 >= fields.length;
    for (const field of fields) {
      const properties = known.get(field) ?? [];
      if (properties.length > 0) yield* compareOne(field, properties);
      else if (isListOfFields || field.isCode) yield* unknownField(field, owners, isListOfFields && sure > 1);
    }
  }

  function* compareOne(field: DemandedField, properties: readonly SchemaView[]): Generator<Disagreement> {
    const inner = schema.objectsUnder(properties);
    const wrong = isSkeleton ? wrongStructure(field, properties, inner, schema) : null;
    if (wrong !== null) {
      const message =
        `The prompt shows ${quote(field.name)} as ${wrong}, which ${schema.placeOf(properties[0])} does not allow. ` +
        'Show it as the schema has it, or change the schema.';
      yield { rule: 'demanded-structure-not-allowed', offset: field.offset, message, value: field.name };
      return;
    }
    yield* compareValues(field, properties, schema, isSkeleton);
    if (field.fields.length === 0 || (!isSkeleton && isValueList(field, properties, inner, schema))) return;
    if (inner.views.length === 0) return;
    const count = field.fields.filter(({ name }) => schema.property(inner, name, !isSkeleton).length > 0).length;
    // Words in parentheses are fields only where some of them are known as such.
    if (isSkeleton || count > 0 || field.fields.every(({ isCode }) => isCode))
      yield* compareAll(field.fields, inner, isSkeleton || count * 2 > field.fields.length);
  }

  function* unknownField(field: DemandedField, owners: Objects, isSure: boolean): Generator<Disagreement> {
    const { name, offset } = field;
    if (prohibited.has(name)) return;
    // A list may put fields side by side that the schema has in different objects.
    if (!isSkeleton && schema.defines(name)) return;
    const takes = schema.takes(owners, name);
    if (takes === 'unknown') return;
    const only = owners === objects ? (inside ?? single(owners)) : single(owners);
    const place = only === undefined ? schema.file : schema.placeOf(only);
    const like = schema.nameLike(owners, name);
    const isForbidden =
      takes === 'no' &&
      isCertain &&
      object.isDemanded &&
      field.isCode &&
      (isSkeleton || (isSure && !demands.isInput(name) && like === null));
    const rule = isForbidden ? 'demanded-field-forbidden' : 'demanded-field-undefined';
    const why = isForbidden ? 'which does not allow it' : 'which does not define it';
    const todo =
      like === null
        ? 'Take it out of the prompt, or define it in the schema.'
        : `Name it ${quote(like)}, as the schema does.`;
    yield {
      rule,
      offset,
      message: `The prompt asks for ${quote(name)}, against ${place}, ${why}. ${todo}`,
      value: name,
    };
  }
}

function single({ views }: Objects): SchemaView | undefined {
  return views.length === 1 ? views[0] : undefined;
}

/** How a skeleton shows a field in a way its schema cannot mean; null where it can. */
function wrongStructure(
  { shape, fields }: DemandedField,
  properties: readonly SchemaView[],
  inner: Objects,
  schema: OutputSchema,
): 'an object' | 'a list' | 'a list of objects' | null {
  if (shape === null) return null;
  const isNever = (type: string): boolean =>
    properties.every((property) => {
      const types = typesOf(property);
      return types !== null && !types.has(type);
    });
  if (shape === 'object') {
    // One item may stand for the list of them.
    const isItem = fields.some(({ name }) => schema.property(inner, name, false).length > 0);
    return isNever('object') && !isItem ? 'an object' : null;
  }
  if (isNever('array')) return 'a list';
  return fields.length > 0 && inner.views.length === 0 && !inner.isOpen ? 'a list of objects' : null;
}
