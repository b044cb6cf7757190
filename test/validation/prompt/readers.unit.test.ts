import { readFieldItem } from '../../../src/validation/prompt/field-item';
import { readLeadIn } from '../../../src/validation/prompt/lead-in';
import { mentionsIn } from '../../../src/validation/prompt/mentions';
import { prohibitionsIn } from '../../../src/validation/prompt/prohibitions';
import { type DemandedField } from '../../../src/validation/prompt/prompt-demands';
import { readPrompt } from '../../../src/validation/prompt/read-prompt';
import { readSkeleton } from '../../../src/validation/prompt/skeleton';
import { fieldsOf } from '../../../src/validation/prompt/skeleton-fields';
import { valuesInText } from '../../../src/validation/prompt/value-words';

/** Fields in short: `name`, `name{a, b}` for those below it, `name=a|b` for its values. */
const shortOf = (fields: readonly DemandedField[]): string =>
  fields
    .map(({ name, fields: inner, values, shape, isOptional }) =>
      [
        name,
        isOptional ? '?' : '',
        shape === 'list' ? '[]' : '',
        values === null ? '' : `=${values.values.map(({ value }) => value).join('|')}`,
        inner.length === 0 ? '' : `{${shortOf(inner)}}`,
      ].join(''),
    )
    .join(', ');
const skeleton = (text: string): string | null => {
  const read = readSkeleton(text, 0, text.length);
  return read === null ? null : shortOf(fieldsOf(read.root));
};

describe('the reader of skeletons', () => {
  it.each([
    ['{"a": 1, "b": {"c": "x y"}}', 'a=1, b{c}'],
    ['{"a": [{"b": "...", "c": <integer>,}, ...], // why\n "d": {...}}', 'a[]{b, c}, d'],
    ['{"a": "x" | "y", "b": ["x" | "y"], "c": "one of: p, q or r"}', 'a=x|y, b[]=x|y, c=p|q|r'],
    ['{a: string\n b: number, /* more */ "c": {{ value }}, "d": true | false}', 'a, b, c, d'],
    ['{"a": "x"\n "b": "said \\"so\\""}', 'a=x, b'],
    ['[{"a": null}]', 'a'],
  ])('reads %s', (text, fields) => {
    expect(skeleton(text)).toBe(fields);
  });

  it.each(['{"a": 1', '{"a": [1}', '{"a": "unended\n}', "{'a': 1}", '['.repeat(100)])('reads nothing in %s', (text) => {
    expect(skeleton(text)).toBeNull();
  });

  it('knows where a key and a value stand', () => {
    const [first] = fieldsOf(readSkeleton('{ "key": "one of: a | bc" }', 0, 27)!.root);

    expect(first?.offset).toBe(3);
    expect(first?.values?.values.map(({ offset }) => offset)).toEqual([18, 22]);
  });
});

describe('the reader of list items', () => {
  it.each([
    ['name', 'name'],
    ['`name`: what it is', 'name'],
    ['**some_name**: what it is', 'some_name'],
    ['meta (form, made_at, source)', 'meta{form, made_at, source}'],
    ['`a`, `b`, and `c`: three', 'a, b, c'],
    ['list.items[].name -> each', 'list{items{name}}'],
    ['risks: Array of risks with id, cause and effect', 'risks{id, cause, effect}'],
    ['state: draft | final', 'state=draft|final'],
    ['state: must be "final"', 'state=final'],
    ['notes (if any)', 'notes?'],
    ['id (stable, lasting identifier)', 'id'],
  ])('reads %s', (text, fields) => {
    expect(shortOf(readFieldItem(text, 0)?.fields ?? [])).toBe(fields);
  });

  it.each([
    'Clear name and intent',
    'or "unknown" if so',
    'Title',
    'some words: here',
    'https://example.org/a'.slice(8),
    '(name)',
  ])('reads no field in %s', (text) => {
    expect(readFieldItem(text, 0)).toBeNull();
  });
});

describe('the reader of lead-ins', () => {
  it.each([
    ['Required sections:', 'other', true],
    ['Optional sections (include when supported by inputs):', 'other', true],
    ['Respond with ONLY a JSON object (no markdown):', 'output', true],
    ['Each part must include only:', 'other', true],
    ['Expected Output Form', 'output', false],
    ['You will receive a JSON object with:', 'input', false],
    ['Inputs Provided', 'input', false],
    ['You MUST NOT:', 'prohibition', false],
    ['If that is unclear, return a JSON object with:', 'exception', false],
    ['Example output:', 'example', false],
    ['Every part must be:', 'other', false],
    ['Existing JSON fields to write:', 'other', false],
  ])('takes %s for what it is', (text, topic, isDemand) => {
    expect(readLeadIn(text)).toMatchObject({ topic, isDemand });
  });
});

describe('the readers of single phrases', () => {
  it.each([
    ['one of: a | b', ['a', 'b']],
    ['a|b|c', ['a', 'b', 'c']],
    ['one of a, b or c', ['a', 'b', 'c']],
    ['a | some words', undefined],
    ['string | null', undefined],
    ['a, b', undefined],
  ])('takes values from %s', (text, values) => {
    expect(valuesInText(text, 0)?.values.map(({ value }) => value)).toEqual(values);
  });

  it.each([
    ['Do NOT include `a` or `b.c`.', ['a', 'b.c']],
    ['You must not add the field some_name (it is set later).', ['some_name']],
    ['Never output null.', []],
    ['Do not include `a` in `b`.', []],
    ['Do not include markdown.', []],
    ['Do not include `a` unless asked.', []],
  ])('takes prohibitions from %s', (text, paths) => {
    expect(prohibitionsIn(text, 0).map(({ path }) => path.join('.'))).toEqual(paths);
  });

  it('finds a name in any notation', () => {
    const mentions = mentionsIn(['The Created-At moment, `ownerName`, and the risk_items.']);

    expect(['created_at', 'owner_name', 'riskItem', 'moment'].map(mentions)).toEqual([true, true, true, true]);
    expect(['at_moment_x', 'owner_risk', 'create'].map(mentions)).toEqual([false, false, false]);
  });
});

describe('the reader of prompts', () => {
  it.each([
    ['Follow the schema exactly.', true],
    ['$$OUTPUT_SCHEMA', true],
    ['Set schema_version to 1.', false],
    ['## Input\n\nThe schema of the request.', false],
  ])('sees in %s whether it leaves the form to a schema', (text, defers) => {
    expect(readPrompt(text).defers).toBe(defers);
  });

  it('takes what an input section names for input', () => {
    const { objects, mentions, isInput } = readPrompt(
      '## Input\n\nRequired fields:\n- `a_b`\n\n## Output\n\nRequired fields:\n- `c_d`\n',
    );

    expect(objects.map(({ fields }) => shortOf(fields))).toEqual(['c_d']);
    expect([mentions('a_b'), isInput('a_b'), mentions('c_d'), isInput('c_d')]).toEqual([false, true, true, false]);
  });
});
