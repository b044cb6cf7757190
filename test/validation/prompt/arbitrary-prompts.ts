import fc from 'fast-check';

/** A field of a document, from which both a schema and a prompt can be made. */
export interface ModelField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly kind: 'text' | 'choice' | 'texts' | 'object' | 'objects';
  /** Of a choice. */
  readonly values: readonly string[];
  /** Of an object, or of each object of a list. */
  readonly fields: readonly ModelField[];
}

export interface Model {
  readonly fields: readonly ModelField[];
  readonly isClosed: boolean;
}

// A name is one word of each list, so that no two names make a third where they meet.
const FIRST = [
  'amber',
  'brisk',
  'calm',
  'dusty',
  'early',
  'faint',
  'grand',
  'hollow',
  'inner',
  'jolly',
  'keen',
  'lunar',
];
const SECOND = [
  'anchor',
  'bridge',
  'candle',
  'door',
  'engine',
  'ferry',
  'garden',
  'harbor',
  'island',
  'jacket',
  'kettle',
];
const VALUES = ['oak', 'elm', 'ash_tree', 'fir', 'yew', 'beech-wood', 'pine', 'larch'];

const name = fc.tuple(fc.constantFrom(...FIRST), fc.constantFrom(...SECOND)).map((words) => words.join('_'));
const names = (minLength: number, maxLength: number) => fc.uniqueArray(name, { minLength, maxLength });
const values = fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 2, maxLength: 4 });

const leaf = (own: string): fc.Arbitrary<ModelField> =>
  fc.record({
    name: fc.constant(own),
    isRequired: fc.boolean(),
    kind: fc.constantFrom('text' as const, 'choice' as const, 'texts' as const),
    values,
    fields: fc.constant([]),
  });

const branch = (own: string): fc.Arbitrary<ModelField> =>
  names(2, 4)
    .chain((inner) => fc.tuple(...inner.map(leaf)))
    .chain((fields) =>
      fc.record({
        name: fc.constant(own),
        isRequired: fc.boolean(),
        kind: fc.constantFrom('object' as const, 'objects' as const),
        values: fc.constant([]),
        fields: fc.constant(fields),
      }),
    );

export const models: fc.Arbitrary<Model> = fc.record({
  fields: names(2, 6).chain((all) => fc.tuple(...all.map((own) => fc.oneof(leaf(own), leaf(own), branch(own))))),
  isClosed: fc.boolean(),
});

export function schemaOf({ fields, isClosed }: Model): object {
  const objectOf = (all: readonly ModelField[]): object => ({
    type: 'object',
    ...(isClosed ? { additionalProperties: false } : {}),
    required: all.filter(({ isRequired }) => isRequired).map((field) => field.name),
    properties: Object.fromEntries(all.map((field) => [field.name, schemaOfField(field)])),
  });
  const schemaOfField = (field: ModelField): object => {
    switch (field.kind) {
      case 'text':
        return { type: 'string' };
      case 'choice':
        return { type: 'string', enum: field.values };
      case 'texts':
        return { type: 'array', items: { type: 'string' } };
      case 'object':
        return objectOf(field.fields);
      case 'objects':
        return { type: 'array', items: objectOf(field.fields) };
    }
  };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...objectOf(fields) };
}

/** How a prompt is written: everything that the fields leave open. */
export interface Style {
  readonly form: 'skeleton' | 'bullets';
  readonly headings: { readonly input: string; readonly output: string };
  readonly lead: string;
  readonly fence: string;
  readonly marker: string;
  readonly mark: string;
  readonly text: string;
  readonly remark: string;
  readonly choice: 'bars' | 'one of' | 'quoted';
  readonly isInline: boolean;
  readonly hasComments: boolean;
  readonly hasTrailingCommas: boolean;
}

export const styles: fc.Arbitrary<Style> = fc.record({
  form: fc.constantFrom('skeleton' as const, 'bullets' as const),
  headings: fc.constantFrom(
    { input: '## Input', output: '## Output' },
    { input: '### Inputs', output: '### Required response' },
    { input: '**Input**', output: '**Output:**' },
    { input: 'Inputs Provided', output: 'Expected Output Form' },
    { input: 'Inputs:', output: 'Output rules:\n- Valid JSON' },
    { input: '## Input', output: '## Result' },
  ),
  lead: fc.constantFrom(
    'Return a JSON object with these fields:',
    'Respond with ONLY a JSON object (no markdown) of this form:',
    'Produce a JSON document with this exact structure:',
  ),
  fence: fc.constantFrom('```json', '```', '~~~', ''),
  marker: fc.constantFrom('-', '*', '1.'),
  mark: fc.constantFrom('`', '**', '"', ''),
  text: fc.constantFrom('"..."', '"<text>"', '<string>', '"What it says, in a sentence"', 'text'),
  remark: fc.constantFrom('', ': what it is', ' - what it is', ' -> what it is', ' (what it is, briefly)'),
  choice: fc.constantFrom('bars' as const, 'one of' as const, 'quoted' as const),
  isInline: fc.boolean(),
  hasComments: fc.boolean(),
  hasTrailingCommas: fc.boolean(),
});

export function promptOf(fields: readonly ModelField[], style: Style): string {
  const { headings, lead, form, fence } = style;
  const body = form === 'bullets' ? bullets(fields, style, '') : skeleton(fields, style, '');
  const block = form === 'bullets' || fence === '' ? body : `${fence}\n${body}\n${fence.slice(0, 3)}`;
  const input = `${headings.input}\n\nYou will receive:\n- \`other_thing\`: text`;
  return `Write the document.\n\n${input}\n\n${headings.output}\n\n${lead}\n\n${block}\n\nBe brief.\n`;
}

function skeleton(fields: readonly ModelField[], style: Style, indent: string): string {
  const inner = `${indent}  `;
  const lines = fields.map((field, at) => {
    const comma = at < fields.length - 1 || style.hasTrailingCommas ? ',' : '';
    return `${inner}"${field.name}": ${shown(field, style, inner)}${comma}${style.hasComments ? ' // as it is' : ''}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function shown(field: ModelField, style: Style, indent: string): string {
  switch (field.kind) {
    case 'text':
      return style.text;
    case 'choice':
      if (style.choice === 'quoted') return field.values.map((value) => `"${value}"`).join(' | ');
      return `"${style.choice === 'one of' ? 'one of: ' : ''}${field.values.join(' | ')}"`;
    case 'texts':
      return style.hasComments ? '[...]' : `[${style.text}, ...]`;
    case 'object':
      return skeleton(field.fields, style, indent);
    case 'objects':
      return `[\n${indent}  ${skeleton(field.fields, style, `${indent}  `)}\n${indent}]`;
  }
}

function bullets(fields: readonly ModelField[], style: Style, indent: string): string {
  return fields.map((field) => `${indent}${style.marker} ${bullet(field, style, indent)}`).join('\n');
}

function bullet(field: ModelField, style: Style, indent: string): string {
  const head = `${style.mark}${field.name}${style.mark}`;
  if (field.kind === 'choice') {
    if (style.choice === 'bars') return `${head}: ${field.values.join(' | ')}`;
    const quoted = field.values.map((value) => `"${value}"`);
    return `${head}: ${style.choice === 'one of' ? `one of ${quoted.join(', ')}` : quoted.join(' | ')}`;
  }
  if (field.fields.length === 0) return `${head}${style.remark}`;
  if (style.isInline) return `${head} (${field.fields.map((inner) => inner.name).join(', ')})`;
  return `${head}:\n${bullets(field.fields, style, `${indent}  `)}`;
}
