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

const SHOWN = '```json\n{ "title": "Roses", "weather": "warm", "wind": "none" }\n```\n';
const LISTED = '- `title`\n- `weather`\n- `wind`\n';
const RIGHT = 'Return JSON with these fields:\n\n- `title`: what it is called\n- `beds`\n';

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
  {
    rule: 'demanded-field-undefined',
    when: 'the one field of a skeleton is known to no object of the schema',
    request: withPrompt('## Output\n\nReturn this:\n\n```json\n{ "gardener": "..." }\n```\n'),
    at: `${FILE}:6:4 null`,
    says: 'which does not define it',
  },
  {
    rule: 'demanded-field-undefined',
    when: 'the one required field of a list is known to no object of the schema',
    request: withPrompt('## Output\n\nRequired fields:\n- `gardener_name`: who keeps it\n'),
    at: `${FILE}:4:4 null`,
    says: 'which does not define it',
  },
  {
    rule: 'demanded-field-undefined',
    when: 'each item of something the schema lacks is to have a field of its own',
    request: withPrompt(
      'Describe the garden.\n\nEach neighbour must include:\n- `title`\n- `status`\n- `sharp_edge`\n',
    ),
    at: `${FILE}:6:4 null`,
    says: 'against schemas/output.schema.json, which does not define it',
  },
  {
    rule: 'demanded-field-forbidden',
    when: 'two fields of each item tell which object of the schema it is',
    request: withPrompt('Describe the garden.\n\nEach bed must include:\n- `bed_id`\n- `plant`\n- `soil_kind`\n'),
    at: `${FILE}:6:4 null`,
    says: 'against schemas/output.schema.json#/properties/beds/items, which does not allow it',
  },
  {
    rule: 'required-field-not-named',
    when: 'numbered parts of a list state the document',
    request: withPrompt(
      'Describe the garden.\n\nThe description must include:\n\n1. Beds\n- `bed_id`\n- `plant`\n2. Head\n- `title`\n',
      { ...GARDEN, required: ['status'] },
    ),
    at: `${FILE}:5:4 null`,
    says: 'The prompt never names `status`',
  },
  {
    rule: 'demanded-field-forbidden',
    when: 'the right form follows a wrong one',
    request: withPrompt(
      `## Output\n\nWrong:\n\n${SHOWN}\nRespond with this JSON:\n\n${SHOWN.replace(', "wind": "none"', '')}`,
    ),
    at: `${FILE}:12:22 null`,
    says: 'The prompt asks for `weather`',
  },
  {
    rule: 'demanded-value-not-allowed',
    when: 'quoted values are offered and nothing is said of another system',
    request: withPrompt('## Output\n\nRequired fields:\n- `title`\n- `status`: "draft" or "closed".\n'),
    at: `${FILE}:5:25 null`,
    says: '`closed` as a value of `status`',
  },
];

export const silent: readonly SilentCase[] = [
  ...[
    'Bad output:',
    'Wrong:',
    '### Incorrect',
    '### Common mistakes',
    '### Avoid',
    'Avoid this output:',
    'Instead of this answer:',
    '### Anti-pattern',
    'Invalid output:',
    '### ❌ Output',
    'The weather service returns these fields:',
    'The existing document looks like this:',
    'First produce an internal analysis as JSON with these fields:',
    'Create a scratchpad object with keys:',
    'Produce a checklist with these keys (do not output it):',
    'Produce a plan as JSON with these fields (not part of the answer):',
    'Step 1: Read the notes. Return a list of objects with keys:',
    'Fill the fields of the plan in the almanac:',
    'Your answer will be graded. The answer should include:',
    '### Complete example of the source',
  ].flatMap((lead): readonly SilentCase[] => [
    { when: `a skeleton follows "${lead}"`, request: withPrompt(`## Output\n\n${RIGHT}\n${lead}\n\n${SHOWN}`) },
    { when: `a list follows "${lead}"`, request: withPrompt(`## Output\n\n${RIGHT}\n${lead}\n\n${LISTED}`) },
  ]),
  ...[
    '`made_on`: do not include; the system adds it',
    '`made_on`: leave out, added by the server',
    '`made_on`: no longer used',
    '`made_on` - never output this',
    '`made_on` (do not include)',
    '`made_on`: the day; the system sets it',
    '`made_on`: must not be included',
  ].map((item) => ({
    when: `an item excludes itself: ${item}`,
    request: withPrompt(`## Output\n\n${RIGHT}- ${item}\n`),
  })),
  ...[
    '"draft" or "closed" in the old system; map "closed" to "final"',
    '"draft" or "closed" (legacy names; "closed" becomes "final")',
    '"State"',
    '"open" when imported, else "draft"',
  ].map((remark) => ({
    when: `a status is told to be ${remark}`,
    request: withPrompt(`## Output\n\nRequired fields:\n- \`title\`\n- \`status\`: ${remark}\n`),
  })),
  {
    when: 'only the fields of an item are stated, and the document requires others',
    request: withPrompt('Describe the garden.\n\nEach bed must include:\n- `bed_id`\n- `plant`\n', {
      ...GARDEN,
      required: ['title', 'status'],
    }),
  },
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
