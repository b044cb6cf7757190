import { aRelease, schemaIs } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

const FILE = 'prompts/task.prompt.txt';
const TEXT = { type: 'string' };
const object = (
  properties: object,
  required: readonly string[] = [],
  more: object = { additionalProperties: false },
) => ({
  type: 'object',
  properties,
  required,
  ...more,
});
const list = (items: object) => ({ type: 'array', items });

/** A document about a journey: closed, with an enumeration, a constant, a list of objects and an object. */
const JOURNEY = object(
  {
    form: { const: 'journey.v1' },
    route_name: TEXT,
    mood: { type: 'string', enum: ['calm', 'lively', 'tense'] },
    stops: list(object({ stop_id: TEXT, place: TEXT, minutes: { type: 'integer' } }, ['stop_id', 'place'])),
    guide: object({ full_name: TEXT, phone: TEXT }, ['full_name']),
    remarks: list(TEXT),
  },
  ['route_name', 'stops'],
);
const OPEN = { ...JOURNEY, additionalProperties: undefined };

const withPrompt = (prompt: string, schema: object = JOURNEY) => aRelease({ ...schemaIs(schema), [FILE]: prompt });
const fenced = (json: string, lead = 'Answer with one JSON object of this form:'): string =>
  `# Task\n\n## Output\n\n${lead}\n\n\`\`\`json\n${json}\n\`\`\`\n`;

export const cases: readonly RuleCase[] = [
  {
    rule: 'demanded-field-forbidden',
    when: 'a skeleton has a field that a closed schema lacks',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [...],\n  "weather": "..." }')),
    at: `${FILE}:9:4 null`,
    says: 'The prompt asks for `weather`, against schemas/output.schema.json#, which does not allow it.',
  },
  {
    rule: 'demanded-field-forbidden',
    when: 'a skeleton has an unknown field in the items of a list',
    request: withPrompt(
      fenced('{ "route_name": "...", "stops": [{ "stop_id": "<id>", "place": "...", "view": "..." }] }'),
    ),
    at: `${FILE}:8:72 null`,
    says: '`view`, against schemas/output.schema.json#/properties/stops/items',
  },
  {
    rule: 'demanded-field-forbidden',
    when: 'a skeleton writes a name in another notation',
    request: withPrompt(fenced('{ "routeName": "...", "stops": [] }')),
    at: `${FILE}:8:4 null`,
    says: 'Name it `route_name`, as the schema does.',
  },
  {
    rule: 'demanded-field-forbidden',
    when: 'a list of required fields has one that a closed schema lacks',
    request: withPrompt(
      'Output:\n\nRequired fields:\n- `route_name`: what it is called\n- `stops`\n- `end_point`: where it ends\n',
    ),
    at: `${FILE}:6:4 null`,
    says: 'The prompt asks for `end_point`',
  },
  {
    rule: 'demanded-field-forbidden',
    when: 'each item is to have a field that no object of the schema has',
    request: withPrompt(
      'Return the route_name and the stops.\n\nEach stop must include only:\n- stop_id\n- place\n- look_around (what one sees)\n',
    ),
    at: `${FILE}:6:3 null`,
    says: 'The prompt asks for `look_around`',
  },
  {
    rule: 'demanded-field-undefined',
    when: 'a skeleton has a field that an open schema does not define',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [], "weather": "..." }'), OPEN),
    at: `${FILE}:8:38 null`,
    says: 'which does not define it',
  },
  {
    rule: 'demanded-field-undefined',
    when: 'a list names an unknown field by an English word',
    request: withPrompt(
      '## Output\n\nRespond with a JSON object containing:\n- route_name: the name\n- stops: the stops\n- weather: the weather\n',
    ),
    at: `${FILE}:6:3 null`,
    says: 'The prompt asks for `weather`',
  },
  {
    rule: 'demanded-field-undefined',
    when: 'parentheses behind an object hold two of its fields and one it lacks',
    request: withPrompt('## Output\n\nRequired fields:\n- route_name\n- stops (stop_id, place, height)\n'),
    at: `${FILE}:5:26 null`,
    says: '`height`, against schemas/output.schema.json#/properties/stops/items',
  },
  {
    rule: 'demanded-structure-not-allowed',
    when: 'a skeleton shows an object where the schema has a text',
    request: withPrompt(fenced('{ "route_name": { "short": "...", "long": "..." }, "stops": [] }')),
    at: `${FILE}:8:4 null`,
    says: 'as an object, which schemas/output.schema.json#/properties/route_name does not allow',
  },
  {
    rule: 'demanded-structure-not-allowed',
    when: 'a skeleton shows a list where the schema has an object',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [], "guide": ["<name>"] }')),
    at: `${FILE}:8:38 null`,
    says: 'as a list',
  },
  {
    rule: 'demanded-structure-not-allowed',
    when: 'a skeleton shows objects in a list of texts',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [], "remarks": [{ "remark": "..." }] }')),
    at: `${FILE}:8:38 null`,
    says: 'as a list of objects',
  },
  {
    rule: 'demanded-value-not-allowed',
    when: 'a skeleton offers a value that the enumeration lacks',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [], "mood": "one of: calm | lively | gloomy" }')),
    at: `${FILE}:8:70 null`,
    says: 'allows only `calm`, `lively`, `tense`',
  },
  {
    rule: 'demanded-value-not-allowed',
    when: 'a skeleton offers quoted values with bars between them',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [], "mood": "calm" | "gloomy" }')),
    at: `${FILE}:8:55 null`,
    says: '`gloomy` as a value of `mood`',
  },
  {
    rule: 'demanded-value-not-allowed',
    when: 'a list says that a constant must be something else',
    request: withPrompt('## Output\n\nRequired fields:\n- `form`: must be "journey.v2"\n- `route_name`\n- `stops`\n'),
    at: `${FILE}:4:20 null`,
    says: 'allows only `journey.v1`',
  },
  {
    rule: 'shown-value-not-allowed',
    when: 'a skeleton shows another constant',
    request: withPrompt(fenced('{ "form": "journey.v2", "route_name": "...", "stops": [] }')),
    at: `${FILE}:8:12 null`,
    says: '`journey.v2` as a value of `form`',
  },
  {
    rule: 'shown-value-not-allowed',
    when: 'parentheses hold values, one of which is not allowed',
    request: withPrompt('## Output\n\nRequired fields:\n- route_name\n- stops\n- mood (calm, lively, gloomy)\n'),
    at: `${FILE}:6:23 null`,
    says: '`gloomy`',
  },
  {
    rule: 'required-field-not-named',
    when: 'a skeleton lacks a required field',
    request: withPrompt(fenced('{ "stops": [], "mood": "..." }')),
    at: `${FILE}:8:1 null`,
    says: 'The prompt never names `route_name`, which schemas/output.schema.json# requires.',
  },
  {
    rule: 'required-field-not-named',
    when: 'an object in a skeleton lacks a field that it has to have',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [],\n "guide": { "phone": "..." } }')),
    at: `${FILE}:9:3 null`,
    says: '`full_name` in `guide`',
  },
  {
    rule: 'prohibited-field-required',
    when: 'a field that the schema requires is forbidden',
    request: withPrompt('Write the journey.\nDo NOT include `route_name` in the output.\n'),
    at: `${FILE}:2:17 null`,
    says: 'The prompt forbids `route_name`, which schemas/output.schema.json# requires.',
  },
  {
    rule: 'prohibited-field-demanded',
    when: 'a field is asked for and forbidden',
    request: withPrompt(`${fenced('{ "route_name": "...", "stops": [], "mood": "..." }')}\nNever output \`mood\`.\n`),
    at: `${FILE}:11:15 null`,
    says: 'The prompt asks for `mood` and forbids it here.',
  },
  {
    rule: 'example-not-valid',
    when: 'an example called complete has a wrong value',
    request: withPrompt(
      '## Example of a complete output\n\n```json\n{ "route_name": "North", "stops": [], "mood": "grim" }\n```\n',
    ),
    at: `${FILE}:4:1 null`,
    says: '/mood must be one of calm, lively, tense',
  },
  {
    rule: 'example-not-valid',
    when: 'an example called valid lacks a required field',
    request: withPrompt('A valid example:\n\n```\n{ "route_name": "North" }\n```\n'),
    at: `${FILE}:4:1 null`,
    says: "must have required property 'stops'",
  },
];

const RIGHT = '{ "route_name": "...", "stops": [] }';

export const silent: readonly SilentCase[] = [
  {
    when: 'a skeleton has placeholders, comments, alternatives and a trailing comma',
    request: withPrompt(
      fenced(`{
  "form": "journey.v1", // always this
  "route_name": "<two to five words>",
  "mood": "one of: calm | lively",
  "stops": [
    { "stop_id": "S1", "place": "...", "minutes": <integer>, },
    ...
  ],
  "guide": { ... },
  "remarks": [...],
}`),
    ),
  },
  {
    when: 'input sections name fields that the schema lacks',
    request: withPrompt(
      `## Input\n\nYou will receive a JSON object with these fields:\n- \`user_wish\`: text\n- \`budget_range\`: text\n\n\`\`\`json\n{ "user_wish": "..." }\n\`\`\`\n\n### Required fields:\n- \`trip_kind\`\n\n${fenced(RIGHT)}`,
    ),
  },
  {
    when: 'a plain heading of input stands over fields',
    request: withPrompt(
      `Inputs Provided\n\nRequired fields:\n- user_wish\n- budget_range\n\nOutput Form\n\nRequired fields:\n- route_name\n- stops\n`,
    ),
  },
  {
    when: 'the prompt leaves the form to the schema and names little',
    request: withPrompt('## Output\n\nFollow the journey schema exactly.\n\nRequired sections:\n- mood\n- remarks\n'),
  },
  { when: 'the prompt says nothing of its output', request: withPrompt('Plan a journey.\n') },
  {
    when: 'a schema is written into the prompt',
    request: withPrompt(
      fenced(JSON.stringify({ type: 'object', properties: { route_name: TEXT }, required: ['other'] })),
    ),
  },
  {
    when: 'another answer is wanted on a condition',
    request: withPrompt(
      `${fenced(RIGHT)}\nIf the wish is unclear, respond with:\n\n\`\`\`json\n{ "error_code": "unclear" }\n\`\`\`\n`,
    ),
  },
  {
    when: 'failures have a form of their own',
    request: withPrompt(
      `${fenced(RIGHT)}\n## Error handling\n\nReturn a JSON object with:\n- \`error_code\`\n- \`error_text\`\n`,
    ),
  },
  {
    when: 'a tool has a form of its own',
    request: withPrompt(
      `${fenced(RIGHT)}\n## Tools\n\nCall \`search\` with a JSON object containing:\n- \`search_text\`\n- \`max_hits\`\n`,
    ),
  },
  {
    when: 'required content is listed in prose',
    request: withPrompt(
      `${fenced(RIGHT)}\nEach stop must have:\n- A clear place\n- Reasons and alternatives\n- Time, if known\n\nThe plan must include:\n- goals\n- risks (weather, illness)\n`,
    ),
  },
  {
    when: 'a list under a heading of style looks like fields',
    request: withPrompt(
      `${fenced(RIGHT)}\n## Style\n\nWrite short sentences:\n- tone: friendly\n- language: English\n`,
    ),
  },
  {
    when: 'rules of style stand under the output',
    request: withPrompt(`## Output\n\n- tone: friendly\n- format: JSON\n- language: English\n`),
  },
  {
    when: 'a list puts fields side by side that stand in different objects',
    request: withPrompt('## Output\n\nRequired fields:\n- route_name\n- stops\n- full_name\n- minutes\n'),
  },
  {
    when: 'paths are dotted, with brackets, and names are bold, in code or in other notations',
    request: withPrompt(
      '## Output\n\nRequired fields:\n- **route_name**: x\n- `stops[].stop_id`\n- `stops[].place`: y\n- guide.full_name -> the guide\n- Remarks\n- routeName\n- "mood": must be one of "calm", "lively" or "tense"\n',
    ),
  },
  {
    when: 'nested lists describe objects and values',
    request: withPrompt(
      '## Output\n\nThe document must include:\n- `route_name`\n- `mood`:\n  - `calm`: quiet\n  - `tense`: not\n- `stops`: Array with stop_id, place and minutes\n- `guide` (full_name, phone)\n- `remarks` (if any)\n',
    ),
  },
  {
    when: 'remarks in parentheses are prose',
    request: withPrompt(
      '## Output\n\nRequired fields:\n- route_name (short, memorable name)\n- stops (in order)\n- mood (required)\n- remarks (practical, cultural, historical)\n',
    ),
  },
  {
    when: 'a field is forbidden and the schema does not have it',
    request: withPrompt(
      `${fenced(RIGHT)}\nDo NOT include \`ticket_price\` or \`hotel_name\`.\n\nDo not include:\n- \`weather_report\`\n`,
    ),
  },
  {
    when: 'a field is forbidden in a place or on a condition',
    request: withPrompt(
      `${fenced(RIGHT)}\nDo not include \`route_name\` in remarks. Never output \`stops\` without a place. Never output null.\n`,
    ),
  },
  {
    when: 'a field that prose speaks of is not in the skeleton',
    request: withPrompt(`${fenced('{ "stops": [], "mood": "..." }')}\nThe system adds the route name.\n`),
  },
  {
    when: 'an example is partial, marked invalid, or has placeholders',
    request: withPrompt(
      '## Example\n\n```json\n{ "mood": "grim" }\n```\n\n## An invalid example\n\n```json\n{ "a": 1 }\n```\n\n## Complete example\n\n```json\n{ "route_name": "<name>" }\n```\n',
    ),
  },
  {
    when: 'a complete example is valid',
    request: withPrompt('A complete example:\n\n```json\n{ "route_name": "North", "stops": [] }\n```\n'),
  },
  {
    when: 'a skeleton shows one item of a list, with the list around it elsewhere',
    request: withPrompt(
      fenced('{ "stop_id": "...", "place": "..." }', 'Each stop has this JSON form. Write route_name and stops:'),
    ),
  },
  {
    when: 'one item of a skeleton stands for a list of them',
    request: withPrompt(fenced('{ "route_name": "...", "stops": { "stop_id": "...", "place": "..." } }')),
  },
  {
    when: 'the schema lets others in on purpose',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [], "weather": 1 }'), {
      ...JOURNEY,
      additionalProperties: true,
    }),
  },
  {
    when: 'a property is defined behind a reference and in one alternative',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [], "weather": "...", "wind": "..." }'), {
      $ref: '#/$defs/base',
      oneOf: [{ properties: { weather: TEXT } }, { properties: { wind: TEXT } }],
      $defs: { base: { ...JOURNEY, additionalProperties: undefined } },
      unevaluatedProperties: false,
    }),
  },
  {
    when: 'an enumeration is open beside a free text',
    request: withPrompt(
      fenced('{ "mood": "one of: calm | odd" }'),
      object({ mood: { anyOf: [{ enum: ['calm'] }, TEXT] } }),
    ),
  },
  {
    when: 'types and placeholders stand where values could',
    request: withPrompt(
      fenced(
        '{ "route_name": "string | null", "stops": [], "mood": "string", "form": "<constant>", "remarks": ["string"] }',
      ),
    ),
  },
  {
    when: 'keys of a skeleton are placeholders',
    request: withPrompt(fenced('{ "route_name": "...", "stops": [], "<any other>": "...", "...": "..." }')),
  },
];
