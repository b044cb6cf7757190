import { type DemandedField, type DemandedValue } from '../../prompt/prompt-demands';
import { type SchemaView } from '../../schema/schema-view';
import { quote } from '../finding';
import { type Disagreement } from './disagreement';
import { type Objects, type OutputSchema } from './output-schema';

/** Values the prompt offers for a field and the schema does not allow. */
export function* compareValues(
  field: DemandedField,
  properties: readonly SchemaView[],
  schema: OutputSchema,
  isSkeleton: boolean,
): Generator<Disagreement> {
  const allowed = schema.allowed(properties);
  if (allowed === null) return;
  const isAllowed = ({ value }: DemandedValue): boolean => allowed.some((each) => String(each) === String(value));
  const { kind, values } = field.values ?? { kind: 'words' as const, values: inWords() };
  const refused = values.filter((each) => !isAllowed(each));
  // Words may be a remark, unless some of them are values indeed; what a skeleton shows may stand for any value but a constant.
  if (kind === 'words' && refused.length === values.length) return;
  if (kind === 'shown' && allowed.length !== 1) return;
  const rule = kind === 'alternatives' ? 'demanded-value-not-allowed' : 'shown-value-not-allowed';
  for (const { value, offset } of refused) {
    const message =
      `The prompt gives ${quote(value)} as a value of ${quote(field.name)}, and ${schema.placeOf(properties[0])} allows only ` +
      `${allowed.slice(0, 12).map(quote).join(', ')}${allowed.length > 12 ? ', …' : ''}. Correct the one or the other.`;
    yield { rule, offset, message, value: String(value) };
  }

  /** `status (draft, final)`: names behind a field that has no fields. */
  function inWords(): readonly DemandedValue[] {
    if (isSkeleton || schema.objectsUnder(properties).views.length > 0) return [];
    return field.fields
      .filter(({ fields }) => fields.length === 0)
      .map(({ name, offset }) => ({ value: name, offset }));
  }
}

/** True when what stands behind a field is its values: it is no object, and the schema counts its values up. */
export function isValueList(
  field: DemandedField,
  properties: readonly SchemaView[],
  inner: Objects,
  schema: OutputSchema,
): boolean {
  return field.fields.length > 0 && inner.views.length === 0 && schema.allowed(properties) !== null;
}
