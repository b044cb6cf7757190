import { ADOPTED_POINTER, exampleFile } from './support/bundled-example';
import { furtherReleases } from './support/further-release';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { further, fresh } = furtherReleases(slipway);
const POINTER_FILE = 'main:_active/active_releases.json';
const ID = 'project_discovery';

async function subject(): Promise<string> {
  await slipway.published();
  return slipway.git('log', '-1', '--format=%s', 'main');
}

it('takes everything out of production in one move, and puts it back', async () => {
  const all = Object.keys(ADOPTED_POINTER);
  const out = await slipway.commands.deactivate(all, { reason: 'Stop' });
  expect(out.pointer).toEqual({});
  expect(await subject()).toBe('release: Deactivate 6 packages');
  expect(slipway.git('show', POINTER_FILE)).toBe('{}');
  expect(slipway.git('ls-tree', '--name-only', 'main', 'document_types/')).toContain(
    'document_types/project_discovery',
  );
  const back = await slipway.commands.activate(ADOPTED_POINTER, { reason: 'Go on', idempotencyKey: 'go on' });
  expect(back.changes.map(({ packageId }) => packageId)).toEqual([...all].sort());
  expect(await subject()).toBe('release: Activate 6 packages');
  expect(JSON.parse(slipway.git('show', POINTER_FILE))).toEqual(ADOPTED_POINTER);
  expect(slipway.git('show', POINTER_FILE)).toMatch(/^\{\n {2}"/);
  await slipway.commands.deactivate(['implementation_plan']);
  expect(await slipway.commands.activate(ADOPTED_POINTER, { reason: 'Go on', idempotencyKey: 'go on' })).toMatchObject({
    id: back.id,
    pointer: back.pointer,
  });
  await slipway.commands.activate({ implementation_plan: '1.0.0' });
});

it('stages an adopted release that never was active, and activates it', async () => {
  await slipway.published();
  const before = slipway.git('rev-parse', 'main^{tree}');
  const { release } = await slipway.commands.stage({ package: ID, version: '1.3.0' });
  expect(release).toMatchObject({ state: 'STAGED', commit: slipway.git('rev-list', '--max-parents=0', 'main') });
  expect(await subject()).toBe('stage: Merge project_discovery 1.3.0');
  expect(slipway.git('rev-parse', 'main^{tree}')).toBe(before);
  expect(slipway.git('log', '-1', '--format=%P', 'main').split(' ')).toEqual([
    slipway.git('rev-parse', 'main^1'),
    release.commit,
  ]);
  await slipway.commands.activate({ [ID]: '1.3.0' });
  expect(await slipway.commands.rollback({ package: ID })).toMatchObject({
    changes: [{ fromVersion: '1.3.0', toVersion: '1.4.0' }],
  });
});

it('carries a package of another kind, which has no manifest, all the way', async () => {
  const id = 'roles/reviewer';
  const { id: draft } = await slipway.commands.start({ package: id, create: true });
  expect(draft).toMatch(/^reviewer-/);
  await slipway.commands.save(draft, [{ path: 'role.prompt.txt', content: 'You review.\n' }]);
  const { release } = await slipway.commands.commit({ draft, message: 'Review what others wrote' });
  expect(slipway.git('log', '-1', '--format=%s', release.commit)).toBe(
    'feat(roles/reviewer): Review what others wrote',
  );
  await slipway.commands.stage({ package: id, version: '1.0.0' });
  await slipway.commands.activate({ [id]: '1.0.0' });
  await slipway.published();
  expect(slipway.git('show', 'main:prompts/roles/reviewer/releases/1.0.0/role.prompt.txt')).toBe('You review.');
  expect(Object.entries(JSON.parse(slipway.git('show', POINTER_FILE)) as object).at(-1)).toEqual([id, '1.0.0']);
  expect(await slipway.commands.tag({ package: id, version: '1.0.0' })).toMatchObject({ tag: 'roles/reviewer/v1.0.0' });
  await slipway.published();
  expect(slipway.git('for-each-ref', '--format=%(refname) %(contents)', 'refs/tags').trim()).toBe(
    'refs/tags/roles/reviewer/v1.0.0 roles/reviewer 1.0.0',
  );
  const { package: one } = await slipway.ask('{ package(id: "roles/reviewer") { kind name displayName } }');
  expect(one).toEqual({ kind: 'roles', name: 'reviewer', displayName: null });
});

it('goes back step by step, never forward to what was rolled back, unless that is named', async () => {
  const [one, two] = [await further('technical_architecture'), await further('technical_architecture')];
  await slipway.commands.activate({ technical_architecture: one });
  await slipway.commands.activate({ technical_architecture: two });
  const back = (input: object = {}) => slipway.commands.rollback({ package: 'technical_architecture', ...input });
  expect((await back()).changes).toMatchObject([{ fromVersion: two, toVersion: one }]);
  expect((await back()).changes).toMatchObject([{ fromVersion: one, toVersion: '1.0.0' }]);
  await expect(back()).rejects.toMatchObject({
    code: 'NOT_PREVIOUSLY_ACTIVE',
    message: expect.stringContaining(`${one}, ${two}`),
  });
  expect((await back({ toVersion: two })).changes).toMatchObject([{ fromVersion: '1.0.0', toVersion: two }]);
  expect((await back()).changes).toMatchObject([{ fromVersion: two, toVersion: '1.0.0' }]);
});

describe('a set is taken back', () => {
  it('with its new members leaving the map', async () => {
    await fresh('risks');
    const version = await further(ID);
    const set = await slipway.commands.activate({ risks: '1.0.0', [ID]: version });
    const back = await slipway.commands.rollbackActivation(set.id);
    expect(back.changes).toEqual([
      { packageId: ID, fromVersion: version, toVersion: '1.4.0' },
      { packageId: 'risks', fromVersion: '1.0.0', toVersion: null },
    ]);
    await slipway.published();
    expect(slipway.git('log', '-1', '--format=%b', 'main')).toContain(
      `project_discovery ${version} -> 1.4.0\nrisks 1.0.0 -> none\n`,
    );
    await expect(slipway.commands.rollbackActivation(back.id)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      extensions: { field: 'activation' },
    });
    const { release } = await slipway.ask('{ release(package: "risks", version: "1.0.0") { state retiredBy { id } } }');
    expect(release).toEqual({ state: 'SUPERSEDED', retiredBy: { id: back.id } });
  });

  it('only whole: refused with the list when members have moved on', async () => {
    const versions = {
      [ID]: await further(ID),
      technical_architecture: await further('technical_architecture'),
      risks: '1.0.0',
    };
    const set = await slipway.commands.activate(versions);
    await slipway.commands.rollback({ package: ID });
    await slipway.commands.deactivate(['risks']);
    const { rollbackActivationPlan: plan } = await slipway.ask(
      'query ($id: ID!) { rollbackActivationPlan(activation: $id) { ok blockers { code packageId message unblock } } }',
      { id: set.id },
    );
    expect(plan).toMatchObject({ ok: false, blockers: [{ packageId: ID }, { packageId: 'risks' }] });
    await expect(slipway.commands.rollbackActivation(set.id)).rejects.toMatchObject({
      extensions: { code: plan.blockers[0].code, blockers: plan.blockers },
    });
  });
});

it('keeps the form of the pointer file that it found', async () => {
  await slipway.published();
  const keys = Object.keys(JSON.parse(exampleFile('_active/active_releases.json')) as object);
  const now = Object.keys(JSON.parse(slipway.git('show', POINTER_FILE)) as object);
  expect(new Set(now)).toEqual(new Set([...keys, 'roles/reviewer']));
});
