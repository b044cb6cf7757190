import { manifestWith, MANIFEST, SCHEMA, type Changes } from '../support/a-release';
import { classify, shortly } from './a-change';

interface Case {
  readonly when: string;
  readonly before?: Changes;
  readonly after: Changes;
  readonly needs: readonly string[];
  /** Where it is not that of the first. */
  readonly required?: string;
}

const PROMPT = 'prompts/task.prompt.txt';
const OTHER_SCHEMA = JSON.stringify({ type: 'object', required: ['quite'], properties: { quite: { type: 'number' } } });
const prompts = (before: string, after: string) => ({ before: { [PROMPT]: before }, after: { [PROMPT]: after } });
const manifests = (from: string, to: string) => ({ after: manifestWith(from, to) });
const docdefs = (before: object, after: object) => ({
  before: { 'docdefs/full.docdef.json': JSON.stringify(before) },
  after: { 'docdefs/full.docdef.json': JSON.stringify(after) },
});

const CASES: readonly Case[] = [
  // Manifest
  {
    when: 'the authority level is another',
    ...manifests('descriptive', 'prescriptive'),
    needs: ['major manifest-authority-level-changed /authority_level'],
  },
  {
    when: 'the creation mode is another',
    ...manifests('llm_generated', 'manual'),
    needs: ['major manifest-creation-mode-changed /creation_mode'],
  },
  {
    when: 'a production mode is named',
    ...manifests('house_key', 'production_mode: generate\nhouse_key'),
    needs: ['major manifest-production-mode-changed /production_mode'],
  },
  {
    when: 'an input is required',
    ...manifests('  - intake', '  - intake\n  - risks'),
    needs: ['major manifest-required-inputs-added /required_inputs/1'],
  },
  {
    when: 'an input is not required any more',
    ...manifests('  - intake', '  []'),
    needs: ['minor manifest-required-inputs-removed /required_inputs/0'],
  },
  {
    when: 'an input is optional instead of required',
    after: {
      'package.yaml': MANIFEST.replace('  - intake', '  []').replace(
        'optional_inputs: []',
        'optional_inputs: [intake]',
      ),
    },
    needs: [
      'minor manifest-optional-inputs-added /optional_inputs/0',
      'minor manifest-required-inputs-removed /required_inputs/0',
    ],
  },
  {
    when: 'an artifact is added',
    after: { ...manifestWith('qa_prompt: null', 'qa_prompt: prompts/qa.txt'), 'prompts/qa.txt': 'Check it.\n' },
    needs: ['minor manifest-artifact-added /artifacts/qa_prompt', 'minor file-added'],
  },
  {
    when: 'an artifact is removed with its file',
    after: { ...manifestWith('  task_prompt: prompts/task.prompt.txt\n', ''), [PROMPT]: null },
    needs: ['major manifest-artifact-removed /artifacts/task_prompt', 'major artifact-removed'],
  },
  {
    when: 'an artifact is moved as it is',
    after: {
      ...manifestWith('schemas/output.schema.json', 'schema.json'),
      'schemas/output.schema.json': null,
      'schema.json': SCHEMA,
    },
    needs: ['minor manifest-artifact-moved /artifacts/schema'],
  },
  {
    when: 'an artifact is moved and its schema narrowed',
    after: {
      ...manifestWith('schemas/output.schema.json', 'schema.json'),
      'schemas/output.schema.json': null,
      'schema.json': SCHEMA.replace('"^[A-Z]"', '"^[A-Z]{2}"'),
    },
    needs: [
      'major schema-pattern-changed /properties/title/pattern',
      'minor manifest-artifact-moved /artifacts/schema',
    ],
  },
  {
    when: 'an artifact is a quite different schema that was there before',
    before: { 'schemas/other.schema.json': OTHER_SCHEMA },
    after: {
      ...manifestWith('schemas/output.schema.json', 'schemas/other.schema.json'),
      'schemas/other.schema.json': OTHER_SCHEMA,
    },
    needs: expect.arrayContaining([
      expect.stringMatching(/^major schema-/),
      'minor manifest-artifact-moved /artifacts/schema',
    ]) as readonly string[],
    required: 'major',
  },
  {
    when: 'an artifact is an equal file that was there before',
    before: { 'schemas/other.schema.json': SCHEMA },
    after: {
      ...manifestWith('schemas/output.schema.json', 'schemas/other.schema.json'),
      'schemas/other.schema.json': SCHEMA,
    },
    needs: ['minor manifest-artifact-moved /artifacts/schema'],
  },
  {
    when: 'a prompt is another file that was there before',
    before: { 'prompts/other.txt': 'Write nothing.\n' },
    after: {
      ...manifestWith('  task_prompt: prompts/task.prompt.txt', '  task_prompt: prompts/other.txt'),
      'prompts/other.txt': 'Write nothing.\n',
    },
    needs: ['minor manifest-artifact-moved /artifacts/task_prompt', 'minor text-content-changed'],
  },
  {
    when: 'a section is added',
    before: { 'package.yaml': `${MANIFEST}information_architecture:\n  sections:\n    - id: a\n` },
    after: { 'package.yaml': `${MANIFEST}information_architecture:\n  sections:\n    - id: a\n    - id: b\n` },
    needs: ['minor content-section-added /information_architecture/sections/1'],
  },
  {
    when: 'a reference to a prompt names a later version',
    ...manifests('analyst:1.0.0', 'analyst:2.0.0'),
    needs: ['minor manifest-role-prompt-ref-changed /role_prompt_ref'],
  },
  {
    when: 'the schema it refers to is one patch later',
    ...manifests('project_brief:1.4.0', 'project_brief:1.4.1'),
    needs: ['patch manifest-schema-ref-changed /schema_ref'],
  },
  {
    when: 'the schema it refers to is a step back',
    ...manifests('project_brief:1.4.0', 'project_brief:1.3.0'),
    needs: ['major manifest-schema-ref-changed /schema_ref'],
  },
  {
    when: 'a gate is set',
    ...manifests('house_key', 'gating_rules: [x]\nhouse_key'),
    needs: ['major manifest-gating-rules-changed /gating_rules'],
  },
  {
    when: 'a text is another',
    ...manifests('"Project Brief"', 'Brief'),
    needs: ['patch manifest-text-changed /display_name'],
  },
  {
    when: 'the looks are others',
    ...manifests('house_key', 'ui: { icon: x }\nhouse_key'),
    needs: ['patch manifest-text-changed /ui'],
  },
  {
    when: 'a comment is another',
    ...manifests('# says what is', '# says it'),
    needs: ['patch manifest-layout-changed'],
  },
  { when: 'only the version is another', ...manifests('1.4.0\nauthority', '1.5.0\nauthority'), needs: [] },
  {
    when: 'a key of the house is gone',
    ...manifests('house_key: kept\n', ''),
    needs: ['major manifest-key-removed /house_key'],
  },
  {
    when: 'a key of the house is another',
    ...manifests('kept', 'other'),
    needs: ['minor content-value-changed /house_key'],
  },
  {
    when: 'null is written out',
    ...manifests('house_key', 'parent_doc_type: null\nhouse_key'),
    needs: ['patch manifest-layout-changed'],
  },
  {
    when: 'the id is another',
    ...manifests('doc_type_id: project_brief', 'doc_type_id: other'),
    needs: ['major manifest-id-changed /doc_type_id'],
  },
  { when: 'the manifest cannot be read', after: { 'package.yaml': 'a: [' }, needs: ['major manifest-not-readable'] },

  // Prompts and other texts
  {
    when: 'whitespace and punctuation differ',
    ...prompts('Ask,  please.\nOnce', '**Ask** please!\r\n\n- Once.'),
    needs: ['patch text-layout-changed'],
  },
  {
    when: 'a word is spelled right',
    ...prompts('Desribe the project.', 'Describe the project.'),
    needs: ['patch text-spelling-changed'],
  },
  {
    when: 'two letters change places',
    ...prompts('Recieve the answers.', 'Receive the answers.'),
    needs: ['patch text-spelling-changed'],
  },
  { when: 'a sentence is added', ...prompts('Ask.', 'Ask. Then wait.'), needs: ['minor text-content-changed'] },
  {
    when: 'a number differs',
    ...prompts('At most 5 items.', 'At most 6 items.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a decimal point moves',
    ...prompts('Weigh it by 1.5.', 'Weigh it by 15.'),
    needs: ['minor text-content-changed'],
  },
  { when: 'a sign is added', ...prompts('Start at 5.', 'Start at -5.'), needs: ['minor text-content-changed'] },
  {
    when: 'a negation is taken away',
    ...prompts("You can't guess.", 'You can guess.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a word is another word of one letter less',
    ...prompts('Answer the question.', 'Answer the questions.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a word that turns a sentence is another',
    ...prompts('Write where you know.', 'Write there you know.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a field is named otherwise',
    ...prompts('Fill open_question.', 'Fill open_questoin.'),
    needs: ['minor text-content-changed'],
  },
  { when: 'a placeholder differs', ...prompts('Use {{name}}.', 'Use {name}.'), needs: ['minor text-content-changed'] },
  {
    when: 'a key of JSON is in another case',
    ...prompts('{"Title": "x"}', '{"title": "x"}'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a key of JSON is spelled otherwise',
    ...prompts('{"summary":', '{"sumnary":'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a key of JSON is spelled otherwise in a block of lines',
    ...prompts('Write\n{\n  summary: text\n}', 'Write\n{\n  sumnary: text\n}'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a value between bars is in another case',
    ...prompts('one of: Draft | Final', 'one of: draft | final'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a value of two words between bars is in another case',
    ...prompts('one of: Open | In Work | Done.', 'one of: Open | In work | Done.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a placeholder is in another case',
    ...prompts('Ask {{Name}}.', 'Ask {{name}}.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a word in code marks is spelled otherwise',
    ...prompts('Fill `summary`.', 'Fill `sumnary`.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a word in quotes is in another case',
    ...prompts('Answer "Proceed" or not.', 'Answer "proceed" or not.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a word in single quotes is in another case',
    ...prompts("Answer 'Proceed' or not.", "Answer 'proceed' or not."),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a tag is in another case',
    ...prompts('Write <Answer>.', 'Write <answer>.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a key of a list is spelled otherwise',
    ...prompts('- summary: a text', '- sumnary: a text'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'a name in code marks has another sign',
    ...prompts('Read `user.name`.', 'Read `user-name`.'),
    needs: ['minor text-content-changed'],
  },
  {
    when: 'words are spelled right and in another case beside what is exact',
    ...prompts("Don't fill `summary` | `title`. Recieve Answers.", "Don't fill `summary` | `title`. Receive answers."),
    needs: ['patch text-spelling-changed'],
  },
  {
    when: 'quotes become code marks',
    ...prompts('Fill "summary".', 'Fill `summary`.'),
    needs: ['patch text-layout-changed'],
  },
  { when: 'a prompt that nothing names is added', after: { 'prompts/more.txt': 'More.' }, needs: ['minor file-added'] },
  {
    when: 'a file that nothing names is removed',
    before: { 'prompts/more.txt': 'More.' },
    after: {},
    needs: ['minor file-removed'],
  },
  { when: 'a prompt is not UTF-8', after: { [PROMPT]: Buffer.from([0x41, 0xff]) }, needs: ['major text-not-readable'] },
  { when: 'a text for people is another', after: { 'README.md': '# Another\n' }, needs: ['patch notice-changed'] },
  {
    when: 'a picture is another',
    before: { 'a.png': Buffer.from([0xff]) },
    after: { 'a.png': Buffer.from([0xfe]) },
    needs: ['minor file-changed'],
  },
  {
    when: 'a test is added',
    after: { ...manifestWith('fixtures: []', 'fixtures: [tests/]'), 'tests/a.json': '{}' },
    needs: ['patch manifest-text-changed /tests', 'patch file-added'],
  },

  // Other structured files
  {
    when: 'a docdef has another section',
    ...docdefs({ sections: [{ section_id: 'a' }] }, { sections: [{ section_id: 'b' }, { section_id: 'a' }] }),
    needs: ['minor content-section-added /sections/0'],
  },
  {
    when: 'a docdef lost a section',
    ...docdefs({ sections: [{ section_id: 'a' }, { section_id: 'b' }] }, { sections: [{ section_id: 'a' }] }),
    needs: ['major content-removed /sections/1'],
  },
  {
    when: 'a docdef has other titles and stands in another order of keys',
    ...docdefs(
      { title: 'A', sections: [{ section_id: 'a', label: 'x' }] },
      { sections: [{ label: 'y', section_id: 'a' }], title: 'B' },
    ),
    needs: ['patch content-wording-changed /sections/0/label', 'patch content-wording-changed /title'],
  },
  {
    when: 'sections stand in another order',
    ...docdefs({ sections: [{ id: 'a' }, { id: 'b' }] }, { sections: [{ id: 'b' }, { id: 'a' }] }),
    needs: ['minor content-order-changed /sections'],
  },
  {
    when: 'a file lists one more required input',
    ...docdefs({ requires_inputs: ['a'] }, { requires_inputs: ['a', 'b'] }),
    needs: ['major content-input-added /requires_inputs/1'],
  },
  {
    when: 'only the version of a file is another',
    ...docdefs({ version: '1' }, { version: '2' }),
    needs: ['patch content-layout-changed'],
  },
  {
    when: 'JSON cannot be read',
    after: { 'docdefs/a.json': '{' },
    before: { 'docdefs/a.json': '{}' },
    needs: ['major content-not-readable'],
  },
];

describe('a change of what is no schema', () => {
  it.each(CASES.map((each) => [each.when, each] as const))('where %s', (_, { before = {}, after, needs, required }) => {
    const classification = classify(before, after);

    expect(shortly(classification)).toEqual(needs);
    expect(classification.required).toBe(required ?? needs[0]?.split(' ')[0] ?? null);
  });

  it('lists at most 200 reasons, the largest first, and counts all', () => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`prompts/${at}.txt`, 'x']));
    const { required, reasons } = classify({}, { ...files, ...manifestWith('descriptive', 'prescriptive') });

    expect(required).toBe('major');
    expect(reasons).toHaveLength(200);
    expect(reasons.map(({ changeType }) => changeType)).toEqual(['major', ...Array<string>(199).fill('minor')]);
  });
});
