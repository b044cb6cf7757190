import { aRelease, type Changes, MANIFEST, schemaIs } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

const TEXT = { type: 'string' };
const object = (properties: object): object => ({ type: 'object', properties });
const list = (items: object): object => ({ type: 'array', items });

const SCHEMA = {
  ...object({
    title: TEXT,
    summary: { $ref: '#/$defs/summary' },
    risks: list(object({ risk: TEXT, owner: object({ name: TEXT }) })),
    models: list(object({ name: TEXT, fields: list(object({ name: TEXT, type: TEXT })) })),
    free: { type: 'object' },
    'dotted.name': TEXT,
  }),
  $defs: { summary: { allOf: [object({ text: TEXT, points: list(TEXT) })] } },
};

const INTRO =
  'information_architecture:\n  version: 2\n  sections:\n    - id: overview\n      label: Overview\n      binds:\n';

/** A release whose information architecture binds this, given from its seventh line on and indented by eight. */
function binds(text: string, more = ''): Changes {
  return { ...schemaIs(SCHEMA), 'package.yaml': `${INTRO}${text}${more}${MANIFEST}` };
}

const broken = (when: string, text: string, at: string, says: string): RuleCase => ({
  rule: 'bind-unresolved',
  when,
  request: aRelease(binds(text)),
  at: `package.yaml:${at.replace(' ', ' /information_architecture/sections/0/binds/')}`,
  says,
});

const right = (when: string, text: string): SilentCase => ({ when, request: aRelease(binds(text)) });

const CARDS = `        - path: models
          render_as: card-list
          card:
            title: name
            fields:
              - path: fields
                render_as: table
                columns:
                  - field: name
                  - field: type
                    label: Type
`;

const RENDERING =
  'rendering:\n  pdf:\n    linear_order: [overview]\n  detail_html:\n    tabs:\n      - id: all\n        sections: [overview]\n';

export const cases: readonly RuleCase[] = [
  broken(
    'a bind names no property',
    '        - path: sumary\n          fields: [nothing]\n',
    '7:17 0/path',
    'Correct `sumary`: there is no `sumary`, only `title`, `summary`, `risks`, `models`, `free`, `dotted.name`.',
  ),
  broken(
    'a bind is a text',
    '        - summary.texts\n',
    '7:11 0',
    'Correct `summary.texts`: there is no `texts`, only',
  ),
  broken(
    'a column names no property of the items',
    '        - path: risks\n          columns:\n            - field: risk\n            - field: impact\n',
    '10:22 0/columns/1/field',
    'Correct `impact`: there is no `impact`, only `risk`, `owner`.',
  ),
  broken(
    'a column has a dotted path that ends beside',
    '        - path: risks\n          columns: [{ field: owner.title }]\n',
    '8:30 0/columns/0/field',
    'Correct `owner.title`: there is no `title`, only `name`.',
  ),
  broken(
    'a field is below a list of texts',
    '        - path: summary\n          fields:\n            - path: points\n              columns: [{ field: text }]\n',
    '10:34 0/fields/0/columns/0/field',
    'there is no `text`: what is there has no parts.',
  ),
  broken(
    'a card has another title',
    CARDS.replace('title: name', 'title: label'),
    '10:20 0/card/title',
    'Correct `label`',
  ),
  broken(
    'a column in a field of a card names nothing',
    CARDS.replace('field: type', 'field: kind'),
    '16:28 0/card/fields/0/columns/1/field',
    'Correct `kind`: there is no `kind`, only `name`, `type`.',
  ),
  {
    rule: 'bind-unresolved',
    when: 'sections are given by name and stand in each other',
    request: aRelease({
      ...schemaIs(SCHEMA),
      'package.yaml': `information_architecture:\n  sections:\n    a: { sections: { b: { binds: { path: titel } } } }\n${MANIFEST}`,
    }),
    at: 'package.yaml:3:42 /information_architecture/sections/a/sections/b/binds/path',
    says: 'Correct `titel`',
  },
  {
    rule: 'rendering-section-unknown',
    when: 'a tab shows a section that there is not',
    request: aRelease(
      binds('        - title\n', RENDERING.replace('sections: [overview]', 'sections: [overview, details]')),
    ),
    at: 'package.yaml:14:30 /rendering/detail_html/tabs/0/sections/1',
    says: 'The information architecture has no section `details`: add it, or show another.',
  },
  {
    rule: 'rendering-section-unknown',
    when: 'a printed order has a section that there is not',
    request: aRelease(binds('        - title\n', RENDERING.replace('order: [overview]', 'order: [progress]'))),
    at: 'package.yaml:10:20 /rendering/pdf/linear_order/0',
    says: 'no section `progress`',
  },
];

export const silent: readonly SilentCase[] = [
  right('a bind is a text with a dotted path', '        - summary.text\n        - risks.owner.name\n'),
  right('cards have fields with columns', CARDS),
  right('a property has a dot in its name', '        - dotted.name\n'),
  right(
    'lists are stepped into by brackets',
    "        - 'risks[].owner.name'\n        - 'risks[0].risk'\n        - '$.risks[*].risk'\n",
  ),
  right('a path has slashes', '        - path: /risks/owner/name\n'),
  right('columns are shown by labels', '        - path: risks\n          columns: [Risk, { label: Owner }]\n'),
  right('fields are named with labels', '        - path: summary\n          fields: { text: label, point: points }\n'),
  right('a card has a text for its title', '        - path: risks\n          card: { title: "Risk {risk}" }\n'),
  right('a column counts', "        - path: risks\n          columns: [{ field: _index }, { field: '#' }]\n"),
  right(
    'a bind is below what says nothing of itself',
    '        - path: free.anything\n          columns: [{ field: more }]\n',
  ),
  right('a bind is empty', '        - path: null\n        - {}\n'),
  { when: 'a rendering shows all sections there are', request: aRelease(binds('        - title\n', RENDERING)) },
  {
    when: 'a rendering stands alone',
    request: aRelease({ 'package.yaml': `${RENDERING}${MANIFEST}` }),
  },
  {
    when: 'the schema that is bound takes anything',
    request: aRelease({ ...binds('        - anything\n'), 'schemas/output.schema.json': 'true' }),
  },
];
