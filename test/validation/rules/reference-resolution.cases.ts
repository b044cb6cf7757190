import { aRelease, mapWith, MANIFEST, manifestWith } from '../support/a-release';
import { type RuleCase, type SilentCase } from './rule-case';

export const cases: readonly RuleCase[] = [
  {
    rule: 'manifest-missing',
    when: 'there is no manifest',
    request: aRelease({ 'package.yaml': null }),
    at: 'package.yaml:null:null null',
    says: 'Add the manifest package.yaml.',
  },
  {
    rule: 'manifest-not-readable',
    when: 'the manifest is not YAML',
    request: aRelease(manifestWith('display_name: "', 'display_name: - "')),
    at: 'package.yaml:3:15 null',
    says: 'This is not YAML: Unexpected block-seq-ind on same line with key.',
  },
  {
    rule: 'manifest-not-readable',
    when: 'the manifest is a list',
    request: aRelease({ 'package.yaml': '- a\n' }),
    at: 'package.yaml:1:1 ',
    says: 'Write the manifest as a mapping of keys to values.',
  },
  {
    rule: 'manifest-not-readable',
    when: 'the manifest merges',
    request: aRelease({ 'package.yaml': `${MANIFEST}<<: {a: 1}\n` }),
    at: 'package.yaml:22:1 /<<',
    says: 'Write plain YAML: a merge key (<<) is not accepted here.',
  },
  {
    rule: 'manifest-key-missing',
    when: 'the manifest has no authority level',
    request: aRelease(manifestWith('authority_level: descriptive # says what is\n', '')),
    at: 'package.yaml:2:1 ',
    says: 'Add the key `authority_level`.',
  },
  {
    rule: 'manifest-key-missing',
    when: 'the display name is empty',
    request: aRelease(manifestWith('"Project Brief"', '')),
    at: 'package.yaml:3:15 /display_name',
    says: 'Give the key `display_name` a value.',
  },
  {
    rule: 'manifest-value-type',
    when: 'the version is a number',
    request: aRelease(manifestWith('1.4.0', '1.4')),
    at: 'package.yaml:4:10 /version',
    says: 'Write `version` as one line of text; put it in quotes if it looks like a number.',
  },
  {
    rule: 'manifest-value-type',
    when: 'the display name has two lines',
    request: aRelease(manifestWith('"Project Brief"', '"Project\\nSlipway-Actor: mallory"')),
    at: 'package.yaml:3:15 /display_name',
    says: 'Write `display_name` as one line of text',
  },
  {
    rule: 'manifest-value-type',
    when: 'required inputs are no list',
    request: aRelease(manifestWith('required_inputs:\n  - intake', 'required_inputs: intake')),
    at: 'package.yaml:7:18 /required_inputs',
    says: 'Write `required_inputs` as a list',
  },
  {
    rule: 'manifest-value-type',
    when: 'an artifact is a number',
    request: aRelease(manifestWith('qa_prompt: null', 'qa_prompt: 7')),
    at: 'package.yaml:16:14 /artifacts/qa_prompt',
    says: 'Write the path of a file of this release, or null.',
  },
  {
    rule: 'manifest-value-type',
    when: 'a reference is a list',
    request: aRelease(manifestWith('qa_template_ref: null', 'qa_template_ref: []')),
    at: 'package.yaml:12:18 /qa_template_ref',
    says: 'Write `qa_template_ref` as one line of text, or null.',
  },
  {
    rule: 'manifest-value-type',
    when: 'tests are a list',
    request: aRelease(manifestWith('tests:\n  fixtures: []\n  golden_traces: []', 'tests: []')),
    at: 'package.yaml:18:8 /tests',
    says: 'Write `tests` as a mapping.',
  },
  {
    rule: 'manifest-value-unknown',
    when: 'the authority level is unknown',
    request: aRelease(manifestWith('descriptive', 'descriptiv')),
    at: 'package.yaml:5:18 /authority_level',
    says: '`descriptiv` is no authority_level: use one of descriptive,',
  },
  {
    rule: 'manifest-value-unknown',
    when: 'the creation mode is unknown',
    request: aRelease(manifestWith('llm_generated', 'generated')),
    at: 'package.yaml:6:16 /creation_mode',
    says: '`generated` is no creation_mode: use one of llm_generated,',
  },
  {
    rule: 'manifest-id-mismatch',
    when: 'the manifest is of another package',
    request: aRelease(manifestWith('doc_type_id: project_brief', 'doc_type_id: project_breif')),
    at: 'package.yaml:2:14 /doc_type_id',
    says: 'Set `doc_type_id` to `project_brief`, the name of the directory: it is `project_breif`.',
  },
  {
    rule: 'manifest-version-mismatch',
    when: 'the manifest is of another version',
    request: aRelease(manifestWith('version: 1.4.0', 'version: 1.4.1')),
    at: 'package.yaml:4:10 /version',
    says: 'Set `version` to `1.4.0`, the version of the directory: it is `1.4.1`.',
  },
  {
    rule: 'artifact-outside-release',
    when: 'an artifact leaves the release',
    request: aRelease(manifestWith('qa_prompt: null', 'qa_prompt: prompts/../../other/qa.txt')),
    at: 'package.yaml:16:14 /artifacts/qa_prompt',
    says: 'Name a file inside this release, with forward slashes: `prompts/../../other/qa.txt` is none.',
  },
  {
    rule: 'artifact-outside-release',
    when: 'an artifact is absolute',
    request: aRelease(manifestWith('qa_prompt: null', 'qa_prompt: /etc/passwd')),
    at: 'package.yaml:16:14 /artifacts/qa_prompt',
    says: '`/etc/passwd` is none.',
  },
  {
    rule: 'artifact-outside-release',
    when: 'an artifact has backslashes',
    request: aRelease(manifestWith('qa_prompt: null', 'qa_prompt: prompts\\qa.txt')),
    at: 'package.yaml:16:14 /artifacts/qa_prompt',
    says: '`prompts\\qa.txt` is none.',
  },
  {
    rule: 'artifact-missing',
    when: 'an artifact is missing',
    request: aRelease(manifestWith('qa_prompt: null', 'qa_prompt: prompts/qa.prompt.txt')),
    at: 'package.yaml:16:14 /artifacts/qa_prompt',
    says: 'Add the file `prompts/qa.prompt.txt`, or take it out of the manifest.',
  },
  {
    rule: 'artifact-missing',
    when: 'a fixture is missing',
    request: aRelease(manifestWith('fixtures: []', 'fixtures: [tests/a.json]')),
    at: 'package.yaml:19:14 /tests/fixtures/0',
    says: 'Add the file `tests/a.json`',
  },
  {
    rule: 'artifact-missing',
    when: 'a golden trace is missing',
    request: aRelease(manifestWith('golden_traces: []', 'golden_traces:\n    - tests/trace.txt')),
    at: 'package.yaml:21:7 /tests/golden_traces/0',
    says: 'Add the file `tests/trace.txt`',
  },
  {
    rule: 'file-not-named',
    when: 'nothing names a file',
    request: aRelease({ 'prompts/old.prompt.txt': 'Old.\n' }),
    at: 'prompts/old.prompt.txt:null:null null',
    says: 'Name the file in the manifest, or delete it.',
  },
  {
    rule: 'reference-malformed',
    when: 'a role is referred to without a version',
    request: aRelease(manifestWith('prompt:role:analyst:1.0.0', 'prompt:role:analyst')),
    at: 'package.yaml:10:18 /role_prompt_ref',
    says: 'Write `prompt:role:ID:VERSION`, or null: `prompt:role:analyst` is neither.',
  },
  {
    rule: 'reference-malformed',
    when: 'a template is referred to as a role',
    request: aRelease(manifestWith('prompt:template:writer:1.0.0', 'prompt:role:analyst:1.0.0')),
    at: 'package.yaml:11:15 /template_ref',
    says: 'Write `prompt:template:ID:VERSION`, or null',
  },
  {
    rule: 'reference-malformed',
    when: 'an artifact begins like a reference',
    request: aRelease(manifestWith('qa_prompt: null', 'qa_prompt: "prompt:project_brief:qa:1.0.0"')),
    at: 'package.yaml:16:14 /artifacts/qa_prompt',
    says: 'or take it out: `prompt:project_brief:qa:1.0.0` names no release.',
  },
  {
    rule: 'reference-unresolved',
    when: 'a role does not exist',
    request: aRelease(manifestWith('role:analyst', 'role:poet')),
    at: 'package.yaml:10:18 /role_prompt_ref',
    says: '`prompt:role:poet:1.0.0` names no release of `roles/poet`: there is no such package.',
  },
  {
    rule: 'reference-unresolved',
    when: 'a template has no such version',
    request: aRelease(manifestWith('writer:1.0.0', 'writer:2.0.0')),
    at: 'package.yaml:11:15 /template_ref',
    says: '`prompt:template:writer:2.0.0` names no release of `templates/writer`: there is 1.0.0, 1.1.0.',
  },
  {
    rule: 'reference-unresolved',
    when: 'a schema reference names a version that was never released',
    request: aRelease(manifestWith('schema:project_brief:1.4.0', 'schema:project_brief:9.0.0')),
    at: 'package.yaml:13:13 /schema_ref',
    says: '`schema:project_brief:9.0.0` names no release of `project_brief`: there is 1.3.0, 1.4.0.',
  },
  {
    rule: 'reference-unresolved',
    when: 'a package is called like something every object inherits',
    request: aRelease(manifestWith('role:analyst', 'role:constructor')),
    at: 'package.yaml:10:18 /role_prompt_ref',
    says: 'there is no such package.',
  },
];

export const silent: readonly SilentCase[] = [
  {
    when: 'an own schema is referred to with an at sign',
    request: aRelease(manifestWith('schema:project_brief:1.4.0', 'schema:project_brief@1.4.0')),
  },
  {
    when: 'a draft refers to its own schema',
    request: aRelease(
      { 'package.yaml': MANIFEST.replace('1.4.0', '2.0.0').replace('brief:1.4.0', 'brief:2.0.0') },
      { version: null },
    ),
  },
  {
    when: 'a schema package is referred to',
    request: aRelease(manifestWith('schema:project_brief:1.4.0', 'schema:brief:2.0.0'), {
      map: mapWith({}, { 'schemas/brief': ['2.0.0'] }),
    }),
  },
  {
    when: 'an artifact is a task of its own package',
    request: aRelease(manifestWith('qa_prompt: null', 'qa_prompt: prompt:task:brief_qa:1.0.0'), {
      map: mapWith({}, { 'tasks/brief_qa': ['1.0.0'] }),
    }),
  },
  {
    when: 'the context comes from a package of kind pgc',
    request: aRelease(manifestWith('qa_prompt: null', 'pgc_context: prompt:pgc:brief.v1:1.0.0'), {
      map: mapWith({}, { 'pgc/brief.v1': ['1.0.0'] }),
    }),
  },
  { when: 'every reference is null', request: aRelease(manifestWith('"prompt:role:analyst:1.0.0"', 'null')) },
  {
    when: 'a draft has another version in its manifest',
    request: aRelease(manifestWith('version: 1.4.0', 'version: 9.9.9'), { version: null }),
  },
  {
    when: 'tests name a directory',
    request: aRelease({
      ...manifestWith('fixtures: []', 'fixtures: [tests/fixtures/]'),
      'tests/fixtures/a.json': '{}',
    }),
  },
  {
    when: 'an artifact begins with a dot',
    request: aRelease(manifestWith('prompts/task', './prompts/task')),
  },
  {
    when: 'a file is named by a key of the house',
    request: aRelease({ ...manifestWith('kept', 'docs/notes.txt'), 'docs/notes.txt': 'Notes.' }),
  },
  {
    when: 'a kind without a manifest holds any files',
    request: aRelease(
      { 'package.yaml': null, 'anything.txt': 'Text.' },
      { manifest: null, kind: 'roles', package: 'roles/analyst' },
    ),
  },
  {
    when: 'a manifest of another make has no authority level',
    request: aRelease(
      {
        'package.yaml': null,
        'meta.yaml': 'role_id: analyst\nversion: 1.4.0\nfiles: [prompts/, schemas/output.schema.json]\n',
      },
      { manifest: { file: 'meta.yaml', id: 'role_id', version: 'version' }, kind: 'roles', package: 'roles/analyst' },
    ),
  },
];
