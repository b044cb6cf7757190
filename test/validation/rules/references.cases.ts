import { aRelease, MANIFEST, mapWith, manifestWith } from '../support/a-release';
import { aFileOf, aWorkflow, workflowMap } from '../support/a-workflow';
import { type RuleCase, type SilentCase } from './rule-case';

const unresolved = (from: string, to: string, at: string, says: string): RuleCase => ({
  rule: 'reference-unresolved',
  when: `a workflow refers to ${to}`,
  request: aWorkflow(from, to),
  at: `definition.json:${at}`,
  says,
});

const OLD_TASK = 'tasks/Project Brief QA v1.1';
const question = '/nodes/0/internals/question';

export const cases: readonly RuleCase[] = [
  unresolved(
    'template:writer:1.0.0',
    'template:printer:1.0.0',
    `16:27 ${question}/template_ref`,
    '`prompt:template:printer:1.0.0` names no release of `templates/printer`: there is no such package.',
  ),
  unresolved(
    'role:analyst:1.0.0',
    'role:analyst:2.0.0',
    `18:28 ${question}/includes/ROLE_PROMPT`,
    '`prompt:role:analyst:2.0.0` names no release of `roles/analyst`: there is 1.0.0.',
  ),
  unresolved(
    'task:brief:',
    'task:brief_qa:',
    `19:28 ${question}/includes/TASK_PROMPT`,
    'no release of `tasks/brief_qa`',
  ),
  unresolved(
    'pgc:project_brief.v1:',
    'pgc:project_brief:',
    `20:28 ${question}/includes/PGC_CONTEXT`,
    'there is no such package. Write `prompt:pgc:project_brief.v1:1.0.0` if that is meant.',
  ),
  unresolved(
    'schema:project_brief:1.4.0',
    'schema:project_brief:2.0.0',
    `21:30 ${question}/includes/OUTPUT_SCHEMA`,
    'names no release of `project_brief`: there is 1.4.0.',
  ),
  unresolved('schema:questions@', 'schema:answers@', `23:32 ${question}/output_schema_ref`, 'of `schemas/answers`'),
  unresolved('mech:entry:answer:', 'mech:entry:ask:', '26:21 /nodes/0/internals/entry/op_ref', '`mechanical_ops/ask`'),
  unresolved('op:answer@', 'op:ask@', '33:17 /nodes/1/op_ref', 'names no release of `mechanical_ops/ask`'),
  unresolved('pow:delivery@', 'pow:deliveries@', '42:13 /routes/next', 'names no release of `workflows/deliveries`'),
  unresolved('dcw:delivery@', 'dcw:deliveries@', '43:14 /routes/write', 'names no release of `workflows/deliveries`'),
  unresolved('workflow:delivery:', 'workflow:deliveries:', '44:14 /routes/other', 'of `workflows/deliveries`'),
  unresolved('"ref": "ask"', '"ref": "op:ask@1.0.0"', '36:18 /nodes/1/inputs/0/ref', 'of `mechanical_ops/ask`'),
  {
    rule: 'reference-unresolved',
    when: 'the words of a package stand in another order',
    request: aWorkflow('task:brief:', 'task:write_brief:', {
      map: workflowMap({}, { 'tasks/brief_write': ['1.0.0', '1.2.0'] }),
    }),
    at: `definition.json:19:28 ${question}/includes/TASK_PROMPT`,
    says: 'Write `prompt:task:brief_write:1.0.0` if that is meant.',
  },
  {
    rule: 'reference-unresolved',
    when: 'the layout has no kind for what is referred to',
    request: aRelease(
      manifestWith('qa_template_ref: null', 'qa_template_ref: null\nagent:\n  next_ref: "op:ask@1.0.0"'),
    ),
    at: 'package.yaml:14:13 /agent/next_ref',
    says: 'names no release of `mechanical_ops/ask`: there is no package of kind `mechanical_ops`.',
  },
  {
    rule: 'reference-unresolved',
    when: 'an operation in YAML refers to a schema of no version there is',
    request: aFileOf(
      'mechanical_ops',
      'operation.yaml',
      'op_id: confirm\nconfig:\n  renders: "schema:questions@3.0.0"\n',
    ),
    at: 'operation.yaml:3:12 /config/renders',
    says: 'names no release of `schemas/questions`: there is 1.0.0.',
  },
  {
    rule: 'reference-unresolved',
    when: 'a workflow refers to an older version of itself that there is not',
    request: aWorkflow('dcw:delivery@1.0.0', 'dcw:brief_writing@1.0.0'),
    at: 'definition.json:43:14 /routes/write',
    says: 'names no release of `workflows/brief_writing`: there is 2.0.0.',
  },
  {
    rule: 'reference-unresolved',
    when: 'a list of references holds one that is wrong',
    request: aFileOf(
      'roles',
      'meta.yaml',
      'extends_refs:\n  - prompt:role:analyst:1.0.0\n  - prompt:role:poet:1.0.0\n',
    ),
    at: 'meta.yaml:3:5 /extends_refs/1',
    says: 'names no release of `roles/poet`',
  },
  {
    rule: 'reference-malformed',
    when: 'a reference of a workflow has no version',
    request: aWorkflow('op:answer@1.0.0', 'op:answer'),
    at: 'definition.json:33:17 /nodes/1/op_ref',
    says: 'Write `op:ID@VERSION` with a name and a version, or take it out: `op:answer` names no release.',
  },
  {
    rule: 'reference-malformed',
    when: 'a workflow includes a template as its role',
    request: aWorkflow('prompt:role:analyst:1.0.0', 'prompt:template:writer:1.0.0'),
    at: `definition.json:18:28 ${question}/includes/ROLE_PROMPT`,
    says: 'Write `prompt:role:ID:VERSION` with a name',
  },
  {
    rule: 'reference-malformed',
    when: 'a manifest has a title for a role',
    request: aRelease(manifestWith('"prompt:role:analyst:1.0.0"', 'Analyst 1.0')),
    at: 'package.yaml:10:18 /role_prompt_ref',
    says: 'Write `prompt:role:analyst:1.0.0`, or null: `Analyst 1.0` is neither.',
  },
  {
    rule: 'reference-not-staged',
    when: 'a version is committed and nothing more',
    request: aWorkflow('task:brief:1.0.0', 'task:brief:1.1.0', {
      map: workflowMap({}, {}, { 'tasks/brief': ['1.1.0'] }),
    }),
    at: `definition.json:19:28 ${question}/includes/TASK_PROMPT`,
    says: 'Stage 1.1.0 of `tasks/brief` first: `prompt:task:brief:1.1.0` is only committed.',
  },
  {
    rule: 'reference-not-staged',
    when: 'a manifest refers to a package that is only committed',
    request: aRelease(manifestWith('role:analyst:', 'role:poet:'), {
      map: mapWith({}, {}, { 'roles/poet': ['1.0.0'] }),
    }),
    at: 'package.yaml:10:18 /role_prompt_ref',
    says: 'Stage 1.0.0 of `roles/poet` first',
  },
  {
    rule: 'workflow-version-not-active',
    when: 'another version is active',
    request: aWorkflow('', '', {
      map: workflowMap({ 'tasks/brief': { version: '1.1.0', requires: [] } }, { 'tasks/brief': ['1.0.0', '1.1.0'] }),
    }),
    at: `definition.json:19:28 ${question}/includes/TASK_PROMPT`,
    says: 'Refer to 1.1.0 of `tasks/brief`, the active version, or activate 1.0.0 before or together.',
  },
  {
    rule: 'workflow-version-not-active',
    when: 'an operation refers to a package of which no release is active',
    request: aFileOf('mechanical_ops', 'operation.yaml', 'config:\n  captures: schema:drafts:1.0.0\n', {
      map: workflowMap({}, { 'schemas/drafts': ['1.0.0'] }),
    }),
    at: 'operation.yaml:2:13 /config/captures',
    says: 'No release of `schemas/drafts` is active: activate 1.0.0 before or together.',
  },
  {
    rule: 'name-of-old-convention',
    when: 'a task is a title with a version',
    request: aWorkflow('"prompt:template:writer:1.0.0",\n      "op_ref"', `"${OLD_TASK}",\n      "op_ref"`, {
      map: workflowMap({}, { 'tasks/project_brief_qa': ['1.0.0', '1.1.0'] }),
    }),
    at: 'definition.json:32:19 /nodes/1/task_ref',
    says: `\`${OLD_TASK}\` is a name from an old convention: write \`prompt:task:project_brief_qa:1.1.0\`.`,
  },
  {
    rule: 'name-of-old-convention',
    when: 'no package has that title',
    request: aWorkflow('"prompt:task:brief:1.0.0"', '"Poem v2.0"'),
    at: `definition.json:19:28 ${question}/includes/TASK_PROMPT`,
    says: '`Poem v2.0` is a name from an old convention: write a reference such as `prompt:task:ID:VERSION`.',
  },
  {
    rule: 'name-of-old-convention',
    when: 'a step plays a role by its title',
    request: aWorkflow('"node_id": "write"', '"node_id": "write", "role": "Analyst 1.0"'),
    at: 'definition.json:31:35 /nodes/1/role',
    says: 'write `prompt:role:analyst:1.0.0`.',
  },
  {
    rule: 'name-of-old-convention',
    when: 'a context is a file outside of the release',
    request: aWorkflow('"prompt:pgc:project_brief.v1:1.0.0"', '"seed/pgc-contexts/project_brief.v1.txt"'),
    at: `definition.json:20:28 ${question}/includes/PGC_CONTEXT`,
    says: 'write `prompt:pgc:project_brief.v1:1.0.0`.',
  },
  {
    rule: 'name-of-old-convention',
    when: 'a schema is a file that both a schema and a document type have the name of',
    request: aWorkflow('"schema:project_brief:1.4.0"', '"seed/schemas/project_brief.v1.json"', {
      map: workflowMap({}, { 'schemas/project_brief': ['1.5.0'] }),
    }),
    at: `definition.json:21:30 ${question}/includes/OUTPUT_SCHEMA`,
    says: 'write `schema:project_brief:1.5.0`.',
  },
  {
    rule: 'document-type-misnamed',
    when: 'a workflow is for the words of a document type in another order',
    request: aWorkflow('"document_type": "project_brief"', '"document_type": "brief_project"'),
    at: 'definition.json:5:20 /document_type',
    says: 'There is no `brief_project`: write `project_brief` if that is meant.',
  },
  {
    rule: 'document-type-misnamed',
    when: 'a workflow describes such a document type',
    request: aWorkflow('"nodes"', '"document_types": { "brief_project": {} },\n  "nodes"'),
    at: 'definition.json:10:23 /document_types/brief_project',
    says: 'write `project_brief` if that is meant.',
  },
  {
    rule: 'document-type-misnamed',
    when: 'a manifest has such an optional input',
    request: aRelease(manifestWith('optional_inputs: []', 'optional_inputs: [form_intake]'), {
      map: mapWith({}, { intake_form: ['1.0.0'] }),
    }),
    at: 'package.yaml:9:19 /optional_inputs/0',
    says: 'There is no `form_intake`: write `intake_form` if that is meant.',
  },
];

const nodeWith = (text: string): SilentCase['request'] =>
  aWorkflow('"node_id": "write"', `"node_id": "write", ${text}`);

export const silent: readonly SilentCase[] = [
  { when: 'a workflow holds every form of reference', request: aWorkflow() },
  { when: 'a workflow refers to itself', request: aWorkflow('dcw:delivery@1.0.0', 'dcw:brief_writing@2.0.0') },
  {
    when: 'a draft refers to itself by the version in its manifest',
    request: aRelease(
      { 'package.yaml': `${MANIFEST}schema_again: schema:project_brief:1.4.0\n`.replaceAll('1.4.0', '2.0.0') },
      { version: null },
    ),
  },
  { when: 'a reference is null', request: aWorkflow('"schema:questions@1.0.0"', 'null') },
  { when: 'a key that asks for a reference holds another word', request: nodeWith('"feedback_ref": "ask"') },
  { when: 'a reference stands in a description', request: nodeWith('"description": "prompt:role:poet:1.0.0"') },
  { when: 'a reference stands in a text', request: nodeWith('"hint": "as prompt:role:poet:1.0.0 says"') },
  { when: 'a reference is told of in a changelog', request: nodeWith('"changelog": ["prompt:role:poet:1.0.0"]') },
  { when: 'a node names itself like a reference', request: nodeWith('"step_id": "op:ask@1.0.0"') },
  { when: 'a workflow comes from one that is gone', request: nodeWith('"derived_from": "pow:old@1.0.0"') },
  { when: 'an example holds a reference', request: nodeWith('"examples": [{ "pow_ref": "pow:old@1.0.0" }]') },
  { when: 'a document definition names a component', request: nodeWith('"component_id": "component:RisksV1:1.0.0"') },
  { when: 'a prompt is written in place', request: nodeWith('"task_prompt": "prompt: write it"') },
  { when: 'a role has no version', request: nodeWith('"role": "Senior Analyst"') },
  { when: 'a text under another key is a title with a version', request: nodeWith('"subject": "Analyst 1.0"') },
  { when: 'a workflow makes what is no document type', request: nodeWith('"produces": "briefing_notes"') },
  {
    when: 'two document types have the same words',
    request: aWorkflow('"document_type": "project_brief"', '"document_type": "c_a_b"', {
      map: workflowMap({}, { a_b_c: ['1.0.0'], b_a_c: ['1.0.0'] }),
    }),
  },
  {
    when: 'a workflow includes a file of its own with a title',
    request: {
      ...aWorkflow('"prompt:task:brief:1.0.0"', '"tasks/Brief v1.0.txt"'),
      files: [
        ...aWorkflow('"prompt:task:brief:1.0.0"', '"tasks/Brief v1.0.txt"').files,
        { path: 'tasks/Brief v1.0.txt', bytes: Buffer.from('Write a brief.\n') },
      ],
    },
  },
  {
    when: 'the schema of another document type is referred to',
    request: aRelease(manifestWith('house_key: kept', 'input_schema_ref: schema:intake:1.0.0')),
  },
  {
    when: 'a layout calls its kinds otherwise',
    request: aRelease(
      {},
      {
        map: {
          defaultKind: 'document_types',
          active: {
            project_brief: { version: '1.4.0', requires: ['intake'] },
            intake: { version: '1.0.0', requires: [] },
            'pgc-contexts/project_brief.v1': { version: '1.0.0', requires: [] },
          },
          releases: {
            'role_prompts/analyst': ['1.0.0'],
            'prompt-templates/writer': ['1.0.0'],
          },
          committed: {},
        },
      },
    ),
  },
  {
    when: 'a fixture holds references of documents',
    request: aRelease({
      ...manifestWith('fixtures: []', 'fixtures: [tests/a.json]'),
      'tests/a.json': '{ "next_pow_ref": "pow:old@1.0.0", "op_ref": "op:x" }',
    }),
  },
  {
    when: 'a schema has an example reference as its default',
    request: aFileOf(
      'schemas',
      'schema.json',
      '{ "$id": "schema:confirm:1.0.0", "default": { "op_ref": "op:x@1.0.0" } }',
    ),
  },
  {
    when: 'a document type pins a version that is not the active one',
    request: aRelease(
      {},
      {
        map: mapWith({ 'roles/analyst': { version: '2.0.0', requires: [] } }, { 'roles/analyst': ['1.0.0', '2.0.0'] }),
      },
    ),
  },
  {
    when: 'a committed version is staged as well',
    request: aRelease({}, { map: mapWith({}, {}, { 'roles/analyst': ['1.1.0'] }) }),
  },
];
