import { type DemandedField, type PromptDemands } from '../../prompt/prompt-demands';
import { quote } from '../finding';
import { type Disagreement, type PlacedObject } from './disagreement';
import { type OutputSchema } from './output-schema';

/** Fields that the prompt wants left out, and that it asks for elsewhere or that the schema requires. */
export function* prohibitedFields(
  placed: readonly PlacedObject[],
  demands: PromptDemands,
  schema: OutputSchema,
): Generator<Disagreement> {
  for (const { path, offset } of demands.prohibitions) {
    const name = path.join('.');
    const isAsked = placed.some(
      ({ object, isDocument }) => object.isDemanded && isDocument && has(object.fields, path),
    );
    if (isAsked) {
      const message = `The prompt asks for ${quote(name)} and forbids it here. Decide for one of the two.`;
      yield { rule: 'prohibited-field-demanded', offset, message, value: name };
    } else if (isRequired(path)) {
      const message =
        `The prompt forbids ${quote(name)}, which ${schema.placeOf(schema.root.views[0])} requires. Drop the prohibition, or the ` +
        'requirement, unless something else adds the field later.';
      yield { rule: 'prohibited-field-required', offset, message, value: name };
    }
  }

  function isRequired(path: readonly string[]): boolean {
    let objects = schema.root;
    for (const [at, name] of path.entries()) {
      if (objects.isOpen || !schema.required(objects).includes(name)) return false;
      if (at < path.length - 1) objects = schema.objectsUnder(schema.property(objects, name, false));
    }
    return true;
  }
}

function has(fields: readonly DemandedField[], [name, ...rest]: readonly string[]): boolean {
  const field = fields.find((each) => each.name === name && !each.isOptional);
  return field !== undefined && (rest.length === 0 || has(field.fields, rest));
}
