import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { buildSlipwaySchema } from '../../src/graphql';
import { discoveryDrafts, DISCOVERY, TASK } from './support/discovery-drafts';
import { fullSelection } from './support/full-selection';
import { slipwayOfFile } from './support/running-slipway';

const REGISTER = join(__dirname, '..', 'support', 'register-ts.cjs');
const slipway = slipwayOfFile({ verifyEvery: 60, verifierArgv: ['-r', REGISTER] });
const { edited } = discoveryDrafts(slipway);
const schema = buildSlipwaySchema();
const VALUES = { path: '"package.yaml"' };
const selected = new Set<string>();

/** An operation with everything that can be read of its answer. */
function whole(kind: 'Query' | 'Mutation' | 'Subscription', name: string, args = ''): string {
  const field = (schema.getType(kind) as GraphQLObjectType).getFields()[name]!;
  const type = schema.getType(String(field.type).replace(/\W/g, '')) as GraphQLObjectType;
  const { selection, fields } = fullSelection(type, VALUES);
  for (const each of fields) selected.add(each);
  return `${kind.toLowerCase()} { ${name}${args}${selection} }`;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- The shape is that of the whole type.
async function answerOf(operation: string): Promise<any> {
  const { data, errors } = await slipway.gql(operation);
  expect(errors).toEqual([]);
  const [answer] = Object.values(data as object) as unknown[];
  expect(answer).not.toBeNull();
  return answer;
}
const act = (name: string, input: string) => answerOf(whole('Mutation', name, `(input: { ${input} })`));
const ask = (name: string, args = '') => answerOf(whole('Query', name, args));

it('answers every field of what every mutation gives back', async () => {
  const { draft } = await act('startDraft', `package: "${DISCOVERY}", name: "full"`);
  expect(draft).toMatchObject({
    id: 'full',
    baseIsActive: true,
    validation: { valid: true, version: null, commit: null },
  });
  const saved = await act('saveArtifacts', `draft: "full", changes: [{ path: "${TASK}", content: "Everything.\\n" }]`);
  expect(saved.draft.changes).toMatchObject([{ path: TASK, unified: expect.stringContaining('+Everything.') }]);
  await act('discardChanges', 'draft: "full"');
  await act(
    'saveArtifacts',
    `draft: "full", changes: [{ path: "${TASK}", content: "Everything.\\n" }, { path: "schemas/output.schema.json", content: "{" }]`,
  );
  const committed = await act('commitDraft', 'draft: "full", message: "Say everything", changeType: MAJOR');
  expect(committed.release).toMatchObject({
    id: `${DISCOVERY}@2.0.0`,
    state: 'COMMITTED',
    adopted: false,
    changeType: 'MAJOR',
    baseVersion: '1.4.0',
    message: 'Say everything',
    branch: 'draft/full',
    committedBy: { id: 'admin', name: 'Administrator' },
    stagedBy: null,
    stagedAt: null,
    validation: null,
    retiredBy: null,
    tag: null,
  });
  const failed = await act('stageRelease', `package: "${DISCOVERY}", version: "2.0.0"`);
  expect(failed).toMatchObject({ staged: false, report: { valid: false, packageId: DISCOVERY, version: '2.0.0' } });
  expect(failed.report.checks.length).toBeGreaterThanOrEqual(3);
  await act('discardChanges', 'draft: "full", paths: []');
  const { artifact } = (
    await slipway.ask(
      `{ release(package: "${DISCOVERY}", version: "1.4.0") { artifact(path: "schemas/output.schema.json") { content } } }`,
    )
  ).release;
  await slipway.commands.save('full', [{ path: 'schemas/output.schema.json', content: artifact.content as string }]);
  await act('commitDraft', 'draft: "full", message: "Say everything", changeType: MAJOR');
  const staged = await act('stageRelease', `package: "${DISCOVERY}", version: "2.0.0"`);
  expect(staged).toMatchObject({
    staged: true,
    release: {
      state: 'STAGED',
      stagedBy: { id: 'admin' },
      validation: { id: staged.report.id, digest: staged.report.digest },
    },
  });
  const moved = await act(
    'activateReleases',
    `releases: [{ package: "${DISCOVERY}", version: "2.0.0" }], reason: "All of it"`,
  );
  expect(moved.activation).toMatchObject({
    action: 'ACTIVATED',
    reason: 'All of it',
    overrides: [],
    pointer: { [DISCOVERY]: '2.0.0' },
    position: moved.position,
    changes: [{ packageId: DISCOVERY, fromVersion: '1.4.0', toVersion: '2.0.0' }],
  });
  await act('tagRelease', `package: "${DISCOVERY}", version: "2.0.0"`);
  await act('rollbackActivation', `activation: "${moved.activation.id as string}", reason: "Back"`);
  await act('activateReleases', `releases: [{ package: "${DISCOVERY}", version: "2.0.0" }], reason: "Again"`);
  await act('rollback', `package: "${DISCOVERY}", reason: "Back again"`);
  await act('deactivate', 'packages: ["implementation_plan"], reason: "Out"');
  await act('abandonDraft', `draft: "${await edited()}"`);
});

it('answers every field of what every query gives back', async () => {
  await slipway.published();
  await edited({ name: 'left' });
  expect(await ask('package', `(id: "${DISCOVERY}")`)).toMatchObject({
    displayName: 'Project Discovery',
    requiredInputs: [],
    activeRelease: { version: '1.4.0' },
    drafts: [{ id: 'left' }],
    dependants: [{ id: 'primary_implementation_plan' }, { id: 'technical_architecture' }],
  });
  const release = await ask('release', `(package: "${DISCOVERY}", version: "2.0.0")`);
  expect(release).toMatchObject({
    state: 'SUPERSEDED',
    tag: `${DISCOVERY}/v2.0.0`,
    retiredBy: { action: 'ROLLED_BACK' },
    branch: 'draft/full',
    diff: [{ path: 'package.yaml', change: 'MODIFIED', added: 1, removed: 1 }, { path: TASK }],
    validations: { totalCount: 2 },
    activations: { totalCount: 2 },
  });
  expect(release.retiredBy.commit).toMatch(/^[0-9a-f]{40}$/);
  const activation = await ask('activation', `(id: "${release.retiredBy.id as string}")`);
  expect(await ask('event', `(id: "${activation.id as string}")`)).toMatchObject({
    type: 'RolledBack',
    stream: 'pointer-production',
    position: activation.position,
  });
  expect(await ask('validationReport', `(id: "${release.validation.id as string}")`)).toMatchObject({
    valid: true,
    tree: release.tree,
    commit: release.commit,
    package: { id: DISCOVERY },
  });
  expect(await ask('draft', '(id: "left")')).toMatchObject({
    dirty: true,
    package: { id: DISCOVERY },
    artifact: { path: 'package.yaml' },
  });
  for (const list of ['packages', 'releases', 'drafts', 'activations', 'auditLog', 'events', 'historyFindings']) {
    const page = await ask(list);
    expect(page.nodes.length).toBe(Math.min(page.totalCount as number, 100));
  }
  expect(await ask('activeReleases')).toMatchObject({
    pointer: { [DISCOVERY]: '1.4.0' },
    commit: slipway.git('rev-parse', 'main'),
  });
  expect(await ask('viewer')).toMatchObject({ roles: ['admin'] });
  expect(await ask('validationRules')).toContainEqual(expect.objectContaining({ id: 'artifact-missing' }));
  const set = await slipway.commands.activate({ [DISCOVERY]: '2.0.0', implementation_plan: '1.0.0' });
  expect(await ask('rollbackActivationPlan', `(activation: "${set.id}")`)).toMatchObject({
    ok: true,
    affected: ['primary_implementation_plan', 'technical_architecture'],
  });
  expect(await ask('rollbackPlan', `(package: "${DISCOVERY}")`)).toMatchObject({ ok: true });
  expect(await ask('deactivationPlan', `(packages: ["${DISCOVERY}"])`)).toMatchObject({
    ok: false,
    blockers: [{ code: 'REQUIRED_BY_ACTIVE_RELEASE' }, {}],
  });
  expect(await ask('activationPlan', `(releases: [{ package: "${DISCOVERY}", version: "1.4.0" }])`)).toMatchObject({
    ok: true,
  });
});

it('answers every field of what every subscription sends', async () => {
  const names = ['activations', 'releaseChanges', 'events'];
  const all = await Promise.all(names.map((name) => slipway.subscribe(whole('Subscription', name))));
  await slipway.commands.rollback({ package: DISCOVERY });
  for (const following of all) expect(await following.take(1)).toHaveLength(1);
});

it('answers every field of a verification', async () => {
  const query = whole('Query', 'verification');
  let answer = await slipway.gql(query);
  for (const giveUp = Date.now() + 30_000; answer.data?.['verification'] === null && Date.now() < giveUp;) {
    await pause(100);
    answer = await slipway.gql(query);
  }
  expect(answer.data?.['verification']).toMatchObject({ passed: true, checks: expect.any(Array) });
});

it('answers every field about drift', async () => {
  await slipway.published();
  const changes = await slipway.subscribe(whole('Subscription', 'driftChanged'));
  const ours = slipway.git('rev-parse', 'main');
  const foreign = slipway.git('commit-tree', '-m', 'Theirs', '-p', ours, `${ours}~1^{tree}`);
  slipway.git('update-ref', 'refs/heads/main', foreign);
  const drift = { place: 'LOCAL', kind: 'POINTER_EDITED', expected: ours, found: foreign, moreCommits: false };
  expect(await changes.take(1)).toMatchObject([{ transition: 'BEGAN', drift }]);
  const commits = [{ id: foreign, subject: 'Theirs', changedPaths: ['_active/active_releases.json'] }];
  expect(await ask('drift')).toMatchObject([{ ...drift, commits, files: [{ change: 'MODIFIED' }], moreFiles: false }]);
  const kept = `refs/slipway/quarantine/${foreign}`;
  const branch = `refs/heads/quarantine/${foreign.slice(0, 12)}`;
  expect(await act('resolveDrift', 'remedy: QUARANTINE, reason: "Not agreed"')).toMatchObject({
    resolved: [{ place: 'LOCAL', ref: 'refs/heads/main', expected: ours, found: foreign, kept, branch }],
  });
});

it('leaves no field of the schema out', () => {
  const objects = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !/^(__|Query$|Mutation$|Subscription$)/.test(type.name),
  ) as GraphQLObjectType[];
  const fields = objects.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  expect(fields.filter((field) => !selected.has(field))).toEqual([]);
});
