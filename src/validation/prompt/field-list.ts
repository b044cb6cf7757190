import { readFieldItem } from './field-item';
import { type DemandedField, type DemandedObject } from './prompt-demands';
import { type Section } from './sections';
import { type TextLine } from './text-lines';

/** A list of fields under a lead-in, taken line by line. */
export interface FieldList {
  /** False when the line ends the list. */
  take(line: TextLine): boolean;
  readonly objects: readonly DemandedObject[];
}

interface OpenObject {
  readonly place: DemandedObject['place'];
  readonly fields: DemandedField[];
  readonly offset: number;
}

interface Level {
  readonly indent: number;
  readonly fields: DemandedField[];
}

const DEEPEST = 12;

/** The list that a heading or lead-in opens; null when what follows is no list of the output's fields. */
export function openFieldList({ topic, nearest }: Section, line: TextLine): FieldList | null {
  if (nearest === null || (topic !== 'output' && topic !== 'other')) return null;
  const { isDemand, isOfFields, isOptional, isWritten, place } = nearest;
  if (!isDemand && (nearest.topic !== 'output' || !nearest.isShort)) return null;

  const found: OpenObject[] = [];
  let base = newObject(place, line.offset);
  let levels: Level[] = [];

  return {
    take(next) {
      if (next.kind === 'item') takeItem(next);
      else if (next.indent === 0 && !takeBareLine(next)) return false;
      return true;
    },
    get objects() {
      return found
        .filter(({ fields }) => fields.length > 0)
        .map(({ fields, ...object }): DemandedObject => {
          const marked = isOptional ? fields.map((field) => ({ ...field, isOptional: true })) : fields;
          return {
            form: 'list',
            isPartOfDocument: place === 'document' && object.place === 'somewhere',
            isOfFields,
            isDemanded: isDemand,
            isInOutput: topic === 'output' || isWritten,
            hasAllFields: !isOptional,
            ...object,
            fields: marked,
          };
        });
    },
  };

  function newObject(at: DemandedObject['place'], offset: number): DemandedField[] {
    const fields: DemandedField[] = [];
    found.push({ place: at, fields, offset });
    return fields;
  }

  function takeItem(item: TextLine): void {
    while ((levels.at(-1)?.indent ?? -1) >= item.indent) levels.pop();
    if (levels.length === DEEPEST) return;
    const target = levels.at(-1)?.fields ?? base;
    const read = readFieldItem(item.text, item.offset);
    if (read !== null) {
      target.push(...read.fields);
      levels.push({ indent: item.indent, fields: read.inner });
      return;
    }
    // A line of prose: what stands below it belongs to something that has no name here.
    const inner = newObject('somewhere', item.offset);
    if (item.isNumbered && levels.length === 0) base = inner;
    else levels.push({ indent: item.indent, fields: inner });
  }

  /** Fields may stand on lines of their own, without markers. */
  function takeBareLine({ text, offset }: TextLine): boolean {
    const read = isDemand ? readFieldItem(text, offset) : null;
    if (read === null) return false;
    levels = [];
    base.push(...read.fields);
    return true;
  }
}
