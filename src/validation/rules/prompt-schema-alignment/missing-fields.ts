import { type DemandedField, type PromptDemands } from '../../prompt/prompt-demands';
import { quote } from '../finding';
import { type Disagreement, type PlacedObject } from './disagreement';
import { type Objects, type OutputSchema } from './output-schema';

/**
 * Required fields that a prompt never names although it states the fields it wants. One that leaves the form to a schema
 * names as much as it likes. A mention in prose is enough.
 */
export function* missingFields(
  placed: readonly PlacedObject[],
  demands: PromptDemands,
  schema: OutputSchema,
): Generator<Disagreement> {
  const stated = placed.filter(({ object }) => object.isDemanded);
  const documents = stated.filter(({ isDocument, object }) => isDocument || object.isPartOfDocument);
  const [first] = documents;
  if (demands.defers) return;
  const count = documents.reduce((sum, { object }) => sum + object.fields.length, 0);
  // An object inside of the output says nothing about what the document has.
  if (first !== undefined && count > 1 && stated.every(({ object }) => object.hasAllFields))
    yield* missing(schema.root, first.object.offset, null);
  for (const { object, objects } of stated) yield* missingBelow(object.fields, objects, object.form === 'skeleton');

  function* missingBelow(
    fields: readonly DemandedField[],
    owners: Objects,
    isSkeleton: boolean,
  ): Generator<Disagreement> {
    for (const field of fields) {
      const inner = schema.objectsUnder(schema.property(owners, field.name, !isSkeleton));
      const count = field.fields.filter(({ name }) => schema.property(inner, name, !isSkeleton).length > 0).length;
      if (count === 0) continue;
      if (field.hasAllFields && (isSkeleton || count > 1)) yield* missing(inner, field.offset, field.name);
      yield* missingBelow(field.fields, inner, isSkeleton);
    }
  }

  function* missing(owners: Objects, offset: number, owner: string | null): Generator<Disagreement> {
    if (owners.isOpen) return;
    for (const name of schema.required(owners)) {
      if (demands.mentions(name)) continue;
      const where = owner === null ? '' : ` in ${quote(owner)}`;
      const message =
        `The prompt never names ${quote(name)}${where}, which ${schema.placeOf(owners.views[0])} requires. Name it among the ` +
        'fields of the output, or tell the prompt to follow the schema.';
      yield { rule: 'required-field-not-named', offset, message, value: name };
    }
  }
}
