import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { letters, MADE_UP, madeUpPrivateKey } from '../validation/support/made-up-secrets';
import { type FileChange } from './support/commands';
import { manifest, newPackageFiles } from './support/new-package';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();

const key = madeUpPrivateKey();
/** What must be read nowhere but in the content: also no half of it. */
const SECRETS = [
  MADE_UP.githubToken,
  MADE_UP.npmToken,
  MADE_UP.stripeKey,
  MADE_UP.databricksToken,
  MADE_UP.anthropicKey,
  MADE_UP.urlPassword,
  letters(64, 'line 0'),
];

/** Secrets at every place that rules quote: as values, keys, ids, paths, in prompts and in what does not parse. */
const LEAKING: FileChange[] = [
  ...promptOfPgc('leaking'),
  {
    path: 'package.yaml',
    content: `${manifest('leaking', [MADE_UP.databricksToken])
      .replace('display_name: leaking', `display_name: "${MADE_UP.npmToken}"`)
      .replace('descriptive', MADE_UP.stripeKey)
      .replace('llm_generated', `"${key.replaceAll('\n', '\\n')}"`)}role_prompt_ref: ${MADE_UP.githubToken}
template_ref: "prompt:template:${MADE_UP.anthropicKey}:1.0.0"
qa_template_ref: "https://reader:${MADE_UP.urlPassword}@db.acme.io/"
`,
  },
  {
    path: 'schemas/output.schema.json',
    content: JSON.stringify({
      type: 'object',
      required: [MADE_UP.githubToken],
      properties: { [MADE_UP.npmToken]: { type: MADE_UP.stripeKey, $ref: `#/$defs/${MADE_UP.anthropicKey}` } },
      pattern: `(${MADE_UP.githubToken}`,
    }),
  },
  { path: `${MADE_UP.githubToken}.json`, content: `{ "${MADE_UP.npmToken}": 1, "${MADE_UP.npmToken}": 2 }` },
  { path: 'prompts/task.prompt.txt', content: `Sign with\n${key}\nor ${MADE_UP.stripeKey}.\n` },
];

it('keeps secrets of a release out of reports, events, read models and the log', async () => {
  const draft = await slipway.commands.start({ package: 'leaking', create: true });
  await slipway.commands.save(draft.id, LEAKING);
  const validation = await slipway.ask(
    'query ($id: ID!) { draft(id: $id) { validation { valid findings { fingerprint rule message path pointer } } } }',
    { id: draft.id },
  );
  const { release } = await slipway.commands.commit({ draft: draft.id, changeType: 'PATCH' });
  const staged = await slipway.ask(
    `mutation ($input: StageReleaseInput!) { stageRelease(input: $input) { staged report {
      valid digest findings { fingerprint rule severity message path pointer line column } } } }`,
    { input: { package: 'leaking', version: release.version } },
  );
  const rules = (staged.stageRelease.report.findings as { rule: string }[]).map(({ rule }) => rule);
  expect(staged.stageRelease.staged).toBe(false);
  for (const rule of [
    'secret-token',
    'secret-private-key',
    'secret-in-url',
    'manifest-value-unknown',
    'reference-malformed',
    'duplicate-key',
    'required-input-unknown',
  ])
    expect(rules).toContain(rule);
  const events = await slipway.ask(
    '{ auditLog(first: 200) { nodes { message event { type data } } } packages(first: 200) { nodes { id displayName } } }',
  );
  expect(JSON.stringify(staged)).toContain('[secret]');

  for (const said of [validation, staged, events, slipway.logged]) expectNoSecretIn(JSON.stringify(said));
  await slipway.restart(() => {
    const files = readdirSync(slipway.dataDirectory).filter((file) => /\.db(-wal)?$/.test(file));
    expect(files).toEqual(expect.arrayContaining(['events.db', 'read-model.db']));
    for (const file of files) expectNoSecretIn(readFileSync(join(slipway.dataDirectory, file), 'latin1'));
  });
});

it('says why a manifest cannot be committed without the secret that is in its way', async () => {
  const draft = await slipway.commands.start({ package: 'unreadable', create: true });
  const twice = `${MADE_UP.npmToken}: 1\n`;
  await slipway.commands.save(draft.id, [
    ...promptOfPgc('unreadable'),
    { path: 'package.yaml', content: `${manifest('unreadable')}${twice}${twice}` },
  ]);
  const answer = await slipway.gql('mutation ($input: CommitDraftInput!) { commitDraft(input: $input) { position } }', {
    input: { draft: draft.id, changeType: 'PATCH', message: 'test' },
  });

  expect(answer.errors[0]?.message).toContain('[secret]');
  expectNoSecretIn(JSON.stringify([answer, slipway.logged]));
});

it('classifies a change that takes secrets away without showing them', async () => {
  const path = 'schemas/output.schema.json';
  const names = { [MADE_UP.npmToken]: { type: 'string' }, [`a/${MADE_UP.stripeKey}`]: { const: 1 } };
  const texts = [
    MADE_UP.githubToken,
    MADE_UP.anthropicKey,
    key,
    `https://reader:${MADE_UP.urlPassword}@db.acme.io/`,
    `Sign each of the requests that you send there with ${MADE_UP.databricksToken}`,
  ];
  const schema = (values: readonly string[], more: object): FileChange => ({
    path,
    content: JSON.stringify({
      type: 'object',
      required: ['kind'],
      properties: { kind: { enum: ['plain', ...values] }, ...more },
    }),
  });
  const { id: first } = await slipway.commands.start({ package: 'classified', create: true });
  const files = newPackageFiles('classified').filter((file) => file.path !== path);
  await slipway.commands.save(first, [
    ...files,
    schema(texts, { ...names, only: { const: MADE_UP.npmToken }, form: { pattern: `\\b${MADE_UP.githubToken}$` } }),
    { path: 'docdefs/full.docdef.json', content: JSON.stringify({ sections: texts.map((id) => ({ id })) }) },
  ]);
  await slipway.commands.commit({ draft: first });
  const { id: draft } = await slipway.commands.start({ package: 'classified', baseVersion: '1.0.0' });
  await slipway.commands.save(draft, [
    schema([], { only: { const: MADE_UP.stripeKey }, form: { pattern: `^${MADE_UP.stripeKey}$` } }),
    { path: 'docdefs/full.docdef.json', content: JSON.stringify({ sections: [] }) },
  ]);

  const classified = await slipway.ask(
    `query ($id: ID!) { draft(id: $id) { classification {
      required reasons { changeType rule path pointer message example } } } }`,
    { id: draft },
  );
  const refused = await slipway.gql(
    'mutation ($input: CommitDraftInput!) { commitDraft(input: $input) { position } }',
    {
      input: { draft, changeType: 'PATCH', message: 'test' },
    },
  );

  const { reasons } = classified.draft.classification as { reasons: { rule: string }[] };
  for (const rule of ['schema-enum-value-removed', 'schema-const-changed', 'schema-pattern-changed', 'content-removed'])
    expect(reasons).toContainEqual(expect.objectContaining({ rule }));
  expect(refused.errors).toMatchObject([{ extensions: { code: 'CHANGE_TYPE_TOO_SMALL' } }]);
  expect(JSON.stringify(refused)).toContain('[secret]');
  for (const said of [classified, refused, slipway.logged]) expectNoSecretIn(JSON.stringify(said));
});

function promptOfPgc(id: string): FileChange[] {
  return newPackageFiles(id).filter(({ path }) => path === 'prompts/pgc_context.prompt.txt');
}

/** Neither the secret nor its first half, which a message that is cut could show. */
function expectNoSecretIn(text: string): void {
  for (const secret of SECRETS)
    for (const part of [secret, secret.slice(0, 12)]) expect(text.includes(part)).toBe(false);
}
