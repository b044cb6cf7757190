import { aRelease, type Changes, MANIFEST, schemaIs } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

const TEXT = { type: 'string' };
const RISK = {
  type: 'object',
  properties: {
    id: TEXT,
    owner: { type: 'object', properties: { name: TEXT } },
    steps: { type: 'array', items: TEXT },
  },
};

/** One schema in both dialects: properties by reference, by allOf, by an alternative, and in items. */
const DRAFT_07 = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: { title: TEXT, risks: { type: 'array', items: { $ref: '#/definitions/risk' } } },
  allOf: [{ $ref: '#/definitions/base' }],
  anyOf: [
    { properties: { plan: { type: 'object', properties: { phases: { type: 'array' } } } } },
    { required: ['title'] },
  ],
  definitions: {
    risk: RISK,
    base: {
      properties: { summary: { type: 'object', properties: { text: TEXT, 'a/b': TEXT } }, extra: { type: 'object' } },
    },
  },
};
const { definitions, ...rest } = DRAFT_07;
const DRAFT_2020 = {
  ...(JSON.parse(JSON.stringify(rest).replaceAll('#/definitions/', '#/$defs/')) as object),
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $defs: definitions,
};

const NAMED = MANIFEST.replace('  qa_prompt: null\n', '  full_docdef: docdefs/full.json\n');

/** A release whose docdef has these sections. */
function sections(list: readonly object[], schema: object = DRAFT_2020): Changes {
  const docdef = { document_def_id: 'docdef:brief:1.0.0', sections: list };
  return { ...schemaIs(schema), 'package.yaml': NAMED, 'docdefs/full.json': JSON.stringify(docdef, null, 1) };
}

const broken = (
  when: string,
  list: readonly object[],
  at: string,
  says: string,
  schema: object = DRAFT_2020,
): RuleCase => ({
  rule: 'source-pointer-unresolved',
  when: `in a docdef ${when}`,
  request: aRelease(sections(list, schema)),
  at: `docdefs/full.json:${at}`,
  says,
});

const right = (when: string, section: object, schema: object = DRAFT_2020): SilentCase => ({
  when: `in a docdef ${when}`,
  request: aRelease(sections([section], schema)),
});

export const cases: readonly RuleCase[] = [
  broken(
    'a pointer names no property',
    [{ source_pointer: '/title' }, { source_pointer: '/risk' }],
    '8:22 /sections/1/source_pointer',
    'Correct source_pointer `/risk`: there is no `risk`, only `title`, `risks`, `summary`, `extra`, `plan`.',
  ),
  broken(
    'a pointer of draft-07 names no property behind a reference',
    [{ source_pointer: '/summary/texts' }],
    '5:22 /sections/0/source_pointer',
    'there is no `texts`, only `text`, `a/b`.',
    DRAFT_07,
  ),
  broken(
    'a pointer goes on below a text',
    [{ source_pointer: '/title/first' }],
    '5:22 /sections/0/source_pointer',
    'there is no `first`: what is there has no parts.',
  ),
  broken(
    'a pointer names no property of the items it repeats over',
    [{ repeat_over: '/risks', source_pointer: '/title' }],
    '6:22 /sections/0/source_pointer',
    'Correct source_pointer `/title`: there is no `title`, only `id`, `owner`, `steps`.',
  ),
  broken(
    'what is repeated over is not there, whatever is pointed to',
    [{ repeat_over: '/epics', source_pointer: '/nothing' }],
    '5:19 /sections/0/repeat_over',
    'Correct repeat_over `/epics`: there is no `epics`, only',
  ),
  broken(
    'what is repeated over is no list',
    [{ repeat_over: '/summary', source_pointer: '/text' }],
    '5:19 /sections/0/repeat_over',
    'Correct repeat_over `/summary`: by the schema it is no list.',
  ),
  broken(
    'a context points to nothing of the items',
    [{ repeat_over: '/risks', source_pointer: '/', context: { id: '/id', owner: '/owner/title' } }],
    '9:14 /sections/0/context/owner',
    'Correct context `/owner/title`: there is no `title`, only `name`.',
  ),
  broken(
    'a section within a section points to nothing',
    [{ repeat_over: '/risks', source_pointer: '/owner', children: [{ source_pointer: '/salary' }] }],
    '9:24 /sections/0/children/0/source_pointer',
    'there is no `salary`',
  ),
  {
    rule: 'source-pointer-unresolved',
    when: 'a docdef is known by its name only',
    request: aRelease({
      'package.yaml': MANIFEST.replace('kept', 'docs/side.docdef.yaml'),
      'docs/side.docdef.yaml': 'sections:\n  - source_pointer: titel\n',
    }),
    at: 'docs/side.docdef.yaml:2:21 /sections/0/source_pointer',
    says: 'there is no `titel`, only `title`, `parts`.',
  },
];

const LOOP = {
  $ref: '#/$defs/node',
  $defs: {
    node: { properties: { child: { $ref: '#/$defs/node' }, all: { type: 'array', items: { $ref: '#/$defs/node' } } } },
  },
};

export const silent: readonly SilentCase[] = [
  right('a pointer shows the whole', { source_pointer: '/' }),
  right('a pointer is empty', { source_pointer: '' }),
  right('a pointer is null', { source_pointer: null, repeat_over: null }),
  right('a pointer has no first slash', { source_pointer: 'summary/text' }),
  right('a pointer ends in a slash', { source_pointer: '/summary/' }),
  right('a pointer has an escaped slash', { source_pointer: '/summary/a~1b' }),
  right('a pointer of draft-07 leads through allOf', { source_pointer: '/summary/text' }, DRAFT_07),
  right('a pointer of draft-07 leads into items', { source_pointer: '/risks/0/owner/name' }, DRAFT_07),
  right('a pointer leads into items without an index', { source_pointer: '/risks/owner/name' }),
  right('a pointer leads through an alternative', { source_pointer: '/plan/phases' }),
  right('a pointer leads below what says nothing of itself', { source_pointer: '/extra/anything' }),
  right('a pointer leads below a list of anything', { source_pointer: '/plan/phases/0/name' }),
  right('an item is shown as it is', { repeat_over: '/risks', source_pointer: '/', context: { id: '/id' } }),
  right('a pointer is of each item', { repeat_over: '/risks', source_pointer: '/steps' }),
  right('what is repeated over is in an alternative', { repeat_over: '/plan/phases', source_pointer: '/name' }),
  right('a context is a text', { source_pointer: '/title', context: { title: '/titles' } }),
  right('a path is of another make', { source_pointer: '$.titles[0]' }),
  right('a section within a repeated one points to the item or to the whole', {
    repeat_over: '/risks',
    source_pointer: '/owner',
    components: [{ source_pointer: '/steps' }, { source_pointer: '/summary/text' }, { source_pointer: '/name' }],
  }),
  right(
    'a pointer follows a schema that refers to itself',
    { source_pointer: `${'/child'.repeat(20)}/all/3/child` },
    LOOP,
  ),
  right('a pointer is deeper than any document', { source_pointer: `${'/child'.repeat(9_000)}/other` }, LOOP),
  right(
    'the object takes what it does not name',
    { source_pointer: '/more' },
    { properties: { a: TEXT }, additionalProperties: true },
  ),
  right(
    'other properties are of one make',
    { source_pointer: '/more' },
    { properties: { a: TEXT }, additionalProperties: TEXT },
  ),
  right(
    'names are given by a pattern',
    { source_pointer: '/x1' },
    { properties: { a: TEXT }, patternProperties: { '^x': TEXT } },
  ),
  right(
    'one alternative says nothing',
    { source_pointer: '/b' },
    { anyOf: [{ properties: { a: TEXT } }, { type: 'object' }] },
  ),
  right('alternatives lead back to themselves', { source_pointer: '/b' }, { anyOf: [{ $ref: '#' }] }),
  {
    when: 'a release with a docdef has no schema',
    request: aRelease({
      ...sections([{ source_pointer: '/x' }]),
      'schemas/output.schema.json': null,
      'package.yaml': NAMED.replace('schemas/output.schema.json', 'null').replace(
        'schema_ref: "schema:project_brief:1.4.0"\n',
        '',
      ),
    }),
  },
];
