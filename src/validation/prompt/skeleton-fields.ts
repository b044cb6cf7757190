import { type DemandedField, type DemandedValues } from './prompt-demands';
import { type Skeleton, type SkeletonEntry } from './skeleton';
import { shownValue, valuesInText } from './value-words';

/** The fields a skeleton shows, with those of objects in them and in lists. */
export function fieldsOf(skeleton: Skeleton): readonly DemandedField[] {
  return objectsIn(skeleton).flatMap(namedEntries).map(fieldOf);
}

function fieldOf({ key, offset, values }: SkeletonEntry): DemandedField {
  const objects = values.flatMap(objectsIn);
  return {
    name: key,
    offset,
    isCode: true,
    isOptional: false,
    shape: shapeOf(values),
    values: valuesOf(values),
    fields: objects.flatMap(namedEntries).map(fieldOf),
    hasAllFields: objects.length === 1 && values.length === 1 && objects.every(isWhole),
  };
}

type ObjectSkeleton = Skeleton & { readonly type: 'object' };

/** Entries whose key is a name: `"<any id>"` and `"..."` stand for others. */
function namedEntries({ entries }: ObjectSkeleton): readonly SkeletonEntry[] {
  return entries.filter(({ key }) => /^[\p{L}\p{N}_$@-][\p{L}\p{N}_$@.-]*$/u.test(key));
}

/** True for an object that shows all its fields. */
export function isWhole(object: ObjectSkeleton): boolean {
  return !object.isOpen && namedEntries(object).length === object.entries.length;
}

function shapeOf(values: readonly Skeleton[]): DemandedField['shape'] {
  const [first, ...others] = values.map(({ type }) => type);
  return (first === 'object' || first === 'list') && others.every((type) => type === first) ? first : null;
}

/** A value itself where it is an object, else the objects among its items. */
function objectsIn(value: Skeleton): readonly ObjectSkeleton[] {
  if (value.type === 'object') return [value];
  return value.type === 'list' ? value.items.flatMap(objectsIn) : [];
}

function valuesOf(nodes: readonly Skeleton[]): DemandedValues | null {
  const [only] = nodes;
  if (nodes.length === 1 && only?.type === 'list') return only.isChoice ? choice(only.items) : itemValue(only.items);
  return nodes.length === 1 ? itemValue(nodes) : choice(nodes);
}

function itemValue(nodes: readonly Skeleton[]): DemandedValues | null {
  const [only] = nodes;
  if (nodes.length !== 1 || only === undefined) return null;
  if (only.type === 'text') return valuesInText(only.text, only.offset) ?? shownValue(only.text, only.offset);
  return only.type === 'literal' && typeof only.value === 'number'
    ? { kind: 'shown', values: [{ value: only.value, offset: only.offset }] }
    : null;
}

/** `"a" | "b"`: values only where each of them is a text of one word. */
function choice(nodes: readonly Skeleton[]): DemandedValues | null {
  const texts = nodes.filter((node) => !(node.type === 'literal' && node.value === null));
  const values = texts.flatMap((node) =>
    node.type === 'text' && shownValue(node.text, node.offset) !== null
      ? [{ value: node.text, offset: node.offset }]
      : [],
  );
  return values.length === texts.length && values.length > 1 ? { kind: 'alternatives', values } : null;
}
