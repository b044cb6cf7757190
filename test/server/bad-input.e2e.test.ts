import { HOSTILE } from './support/hostile-texts';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const ID = 'project_discovery';
let draft = '';
let before: unknown;
beforeAll(async () => {
  draft = (await slipway.commands.start({ package: ID, name: 'target' })).id;
  await slipway.published();
  before = await everything();
});
afterEach(async () => {
  expect(await everything()).toEqual(before);
});

/** All that a command could have written: the log, the drafts and every ref. */
async function everything(): Promise<unknown> {
  const { events, drafts } = await slipway.ask('{ events(first: 1) { totalCount } drafts { nodes { id head } } }');
  return { events, drafts, refs: slipway.git('for-each-ref'), objects: slipway.git('count-objects') };
}

type Case = readonly [field: string, act: (text: string) => Promise<unknown>];
const release = (text: object) => ({ package: ID, version: '1.3.0', ...text });
const save = (path: string, content = 'x') => slipway.commands.save(draft, [{ path, content }]);
const IDS: readonly Case[] = [
  ['package', (id) => slipway.commands.start({ package: id, create: true })],
  ['name', (id) => slipway.commands.start({ package: ID, name: id })],
  ['draft', (id) => slipway.commands.save(id, [{ path: 'a', content: 'x' }])],
  ['draft', (id) => slipway.commands.discard({ draft: id })],
  ['draft', (id) => slipway.commands.abandon(id)],
  ['draft', (id) => slipway.commands.commit({ draft: id, changeType: 'PATCH' })],
  ['package', (id) => slipway.commands.stage(release({ package: id }))],
  ['package', (id) => slipway.commands.tag(release({ package: id }))],
  ['package', (id) => slipway.commands.rollback({ package: id })],
  ['packages[0]', (id) => slipway.commands.deactivate([id])],
  ['releases[0].package', (id) => slipway.commands.activate({ [id]: '1.0.0' })],
];
const VERSIONS: readonly Case[] = [
  ['baseVersion', (version) => slipway.commands.start({ package: ID, baseVersion: version })],
  ['version', (version) => slipway.commands.commit({ draft, changeType: 'PATCH', version })],
  ['version', (version) => slipway.commands.stage(release({ version }))],
  ['version', (version) => slipway.commands.tag(release({ version }))],
  ['fromVersion', (version) => slipway.commands.rollback({ package: ID, fromVersion: version })],
  ['toVersion', (version) => slipway.commands.rollback({ package: ID, toVersion: version })],
  ['releases[0].version', (version) => slipway.commands.activate({ [ID]: version })],
];
const TEXTS: readonly Case[] = [
  ['message', (message) => slipway.commands.commit({ draft, changeType: 'PATCH', message })],
  ['message', (message) => slipway.commands.tag(release({ version: '1.4.0', message }))],
  ['reason', (reason) => slipway.commands.activate({ [ID]: '1.3.0' }, { reason })],
  ['reason', (reason) => slipway.commands.rollback({ package: ID, reason })],
  ['reason', (reason) => slipway.commands.rollbackActivation('any', { reason })],
  ['reason', (reason) => slipway.commands.deactivate(['implementation_plan'], { reason })],
  ['idempotencyKey', (idempotencyKey) => slipway.commands.deactivate(['implementation_plan'], { idempotencyKey })],
];

const PATHS: readonly Case[] = [
  ['changes[0].path', (path) => save(path)],
  ['changes[0].path', (path) => slipway.commands.save(draft, [{ path, delete: true }])],
  ['paths[0]', (path) => slipway.commands.discard({ draft, paths: [path] })],
];

describe.each([
  ['id', IDS],
  ['version', VERSIONS],
  ['line', TEXTS],
  ['path', PATHS],
] as const)('what cannot be %s is refused with the name of the field', (kind, cases) => {
  it.each(cases)('%s', async (field, attempt) => {
    for (const text of HOSTILE[kind])
      await expect(
        attempt(text).catch((error: unknown) => Object.assign(error as object, { text })),
      ).resolves.toMatchObject({ code: 'BAD_USER_INPUT', extensions: { field }, text });
  });
});

it('refuses content that is too much, half a character, or a contradiction', async () => {
  const mebibyte = 'x'.repeat(1024 * 1024);
  const files = (count: number, content: string) =>
    slipway.commands.save(
      draft,
      Array.from({ length: count }, (_, n) => ({ path: `many/${n}.txt`, content })),
    );
  const refused = (field: string) => ({ code: 'BAD_USER_INPUT', extensions: { field } });
  await expect(save('a.txt', `${mebibyte}x`)).rejects.toMatchObject(refused('changes[0].content'));
  await expect(save('a.txt', 'half \uD800')).rejects.toMatchObject(refused('changes[0].content'));
  await expect(files(501, 'x')).rejects.toMatchObject(refused('changes'));
  await expect(files(499, 'x')).rejects.toMatchObject(refused('changes'));
  await expect(files(17, mebibyte)).rejects.toMatchObject(refused('changes'));
  await expect(slipway.commands.save(draft, [])).rejects.toMatchObject(refused('changes'));
  await expect(slipway.commands.save(draft, [{ path: 'a' }])).rejects.toMatchObject(refused('changes[0].content'));
  await expect(slipway.commands.save(draft, [{ path: 'a', content: 'x', delete: true }])).rejects.toMatchObject(
    refused('changes[0]'),
  );
});

it.each([
  ['twins in case', 'Prompts/task.prompt.txt'],
  ['a directory where a file is', 'package.yaml/x'],
  ['a file where a directory is', 'prompts'],
])('refuses paths that cannot stand beside others: %s', async (_, path) => {
  await expect(save(path)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', extensions: { field: 'changes[0].path' } });
});

it.each([
  ['changeType', 'CommitDraftInput', 'commitDraft', { draft: 'target', message: 'x', changeType: 'HUGE' }],
  ['message', 'CommitDraftInput', 'commitDraft', { draft: 'target', changeType: 'PATCH' }],
  ['changes[0].path', 'SaveArtifactsInput', 'saveArtifacts', { draft: 'target', changes: [{ content: 'x' }] }],
  ['override[0]', 'RollbackInput', 'rollback', { package: ID, reason: 'x', override: ['ALL'] }],
  ['actor', 'DeactivateInput', 'deactivate', { packages: ['implementation_plan'], reason: 'x', actor: 'someone.else' }],
])('names %s when the input does not fit the schema', async (field, type, name, input) => {
  const { errors } = await slipway.gql(`mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
    input,
  });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
});
