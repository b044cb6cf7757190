import { aRelease, schemaIs } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

const FILE = 'prompts/task.prompt.txt';
const TEXT = { type: 'string' };
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** A closed document about a garden: with an enumeration and a list of objects. */
const GARDEN = closed({
  title: TEXT,
  status: { type: 'string', enum: ['draft', 'final'] },
  beds: { type: 'array', items: closed({ bed_id: TEXT, plant: TEXT }, ['bed_id', 'plant']) },
});

const withPrompt = (prompt: string, schema: object = GARDEN) => aRelease({ ...schemaIs(schema), [FILE]: prompt });

export const cases: readonly RuleCase[] = [
  {
    rule: 'demanded-field-undefined',
    when: 'the schema of a list is closed and the doubt is about the list',
    request: withPrompt(
      '## Output\n\nRespond with a JSON object containing:\n- title: the title\n- beds: the beds\n- weather: the weather\n',
    ),
    at: `${FILE}:6:3 null`,
    says: 'which does not define it',
  },
];

export const silent: readonly SilentCase[] = [
  {
    when: 'a path begins with the sign of the document',
    request: withPrompt('## Output\n\nRequired fields:\n- `$.title`: the title\n- `$.beds[0].plant`\n'),
  },
  {
    when: 'the compiled schema itself fails at a complete example',
    request: withPrompt('## Output\n\nComplete example:\n\n```json\n{"title":"t","x_a":"u","b":"v"}\n```\n', {
      anyOf: [{ required: ['title'] }, { properties: { title: {} }, additionalProperties: false }],
      patternProperties: { '^x_': TEXT },
      unevaluatedProperties: false,
    }),
  },
];
