import { discoveryFile } from './support/bundled-example';
import { DISCOVERY, discoveryDrafts } from './support/discovery-drafts';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { edited, touch, commit } = discoveryDrafts(slipway);
const stage = (version: string, input: object = {}) =>
  slipway.commands.stage({ package: DISCOVERY, version, ...input });
const badField = (field: string) => ({ code: 'BAD_USER_INPUT', extensions: { field } });
async function countOfEvents(): Promise<number> {
  const { events } = await slipway.ask('{ events(first: 1) { totalCount } }');
  return events.totalCount as number;
}

describe('a commit is refused', () => {
  it('without a change type, except for a first release', async () => {
    const draft = await edited();
    await expect(commit(draft, { changeType: null })).rejects.toMatchObject(badField('changeType'));
  });

  it('where nothing changed against the base or the last commit', async () => {
    const { id } = await slipway.commands.start({ package: DISCOVERY });
    const refusal = { code: 'NOTHING_TO_COMMIT', extensions: { draft: id } };
    await expect(commit(id)).rejects.toMatchObject(refusal);
    await touch(id);
    await commit(id);
    await expect(commit(id)).rejects.toMatchObject(refusal);
  });

  it('where the manifest is missing or its version cannot be rewritten, with file and line', async () => {
    const draft = await edited();
    await slipway.commands.save(draft, [{ path: 'package.yaml', delete: true }]);
    await expect(commit(draft)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('draft: package.yaml is missing') as string,
      extensions: { field: 'draft', path: 'package.yaml' },
    });
    const content = discoveryFile('package.yaml').replace('version: 1.4.0', 'version: [1, 4]');
    await slipway.commands.save(draft, [{ path: 'package.yaml', content }]);
    const line = content.split('\n').indexOf('version: [1, 4]') + 1;
    await expect(commit(draft)).rejects.toMatchObject({
      message: expect.stringContaining(`draft: package.yaml:${line}: `) as string,
      extensions: { code: 'BAD_USER_INPUT', field: 'draft', path: 'package.yaml', line },
    });
  });
});

describe('a staging', () => {
  it('is refused for what does not exist, has changed, or is locked', async () => {
    await expect(slipway.commands.stage({ package: 'nothing', version: '1.0.0' })).rejects.toMatchObject({
      code: 'PACKAGE_NOT_FOUND',
    });
    await expect(stage('9.9.9')).rejects.toMatchObject({ code: 'RELEASE_NOT_FOUND' });
    const draft = await edited();
    const first = await commit(draft);
    await touch(draft);
    const second = await commit(draft);
    expect(second.version).toBe(first.version);
    await expect(stage(first.version, { expectedCommit: first.commit })).rejects.toMatchObject({
      code: 'RELEASE_CHANGED',
      extensions: { expectedCommit: first.commit, actualCommit: second.commit },
    });
    await expect(slipway.commands.tag({ package: DISCOVERY, version: first.version })).rejects.toMatchObject({
      code: 'RELEASE_NOT_STAGED',
    });
    await stage(second.version, { expectedCommit: second.commit });
    await expect(stage(second.version)).rejects.toMatchObject({ code: 'RELEASE_LOCKED' });
    await expect(stage('1.4.0')).rejects.toMatchObject({ code: 'RELEASE_LOCKED' });
    await expect(slipway.commands.commit({ draft, changeType: 'PATCH' })).rejects.toMatchObject({
      code: 'DRAFT_NOT_FOUND',
    });
  });

  it('keeps every report, and the draft while it fails', async () => {
    const draft = await edited();
    await slipway.commands.save(draft, [{ path: 'schemas/output.schema.json', content: '{"type": ' }]);
    const { version } = await commit(draft, { changeType: 'MAJOR' });
    const stagings = [await stage(version), await stage(version)];
    expect(stagings.map(({ staged }) => staged)).toEqual([false, false]);
    const [first, second] = stagings.map(({ report }) => report);
    expect(second?.digest).toBe(first?.digest);
    expect(second?.id).not.toBe(first?.id);
    const { release } = await slipway.ask(
      `query ($v: String!) { release(package: "${DISCOVERY}", version: $v) { branch validation { id } validations { nodes { id } } } }`,
      { v: version },
    );
    expect(release).toEqual({
      branch: `draft/${draft}`,
      validation: { id: second?.id },
      validations: { nodes: [{ id: second?.id }, { id: first?.id }] },
    });
  });
});

it('stages what an abandoned draft had committed', async () => {
  const draft = await edited();
  const { version, commit: id } = await commit(draft);
  await slipway.commands.abandon(draft);
  expect(await stage(version, { expectedCommit: id })).toMatchObject({ staged: true, release: { commit: id } });
  await slipway.commands.activate({ [DISCOVERY]: version });
  await slipway.published();
  expect(slipway.git('log', '-1', '--format=%P', 'main^').split(' ')[1]).toBe(id);
});

describe('a retry with the same idempotency key', () => {
  it('is answered as the first time, also when the draft has ended since', async () => {
    const draft = await edited();
    const input = { draft, changeType: 'MINOR', message: 'Once', idempotencyKey: 'commit-1' };
    const committed = await slipway.commands.commit(input);
    expect(await slipway.commands.commit(input)).toEqual(committed);
    const staging = { package: DISCOVERY, version: committed.release.version, idempotencyKey: 'stage-1' };
    const staged = await slipway.commands.stage(staging);
    const tagging = { package: DISCOVERY, version: committed.release.version, idempotencyKey: 'tag-1' };
    const tagged = await slipway.commands.tag(tagging);
    const events = await countOfEvents();
    expect(await slipway.commands.commit(input)).toEqual(committed);
    expect(await slipway.commands.stage(staging)).toEqual(staged);
    expect(await slipway.commands.tag(tagging)).toEqual(tagged);
    expect(await slipway.commands.tag({ ...tagging, idempotencyKey: 'tag-2', message: 'again' })).toMatchObject({
      tag: tagged.tag,
    });
    expect(await countOfEvents()).toBe(events);
    for (const act of [
      () => slipway.commands.commit({ ...input, message: 'Twice' }),
      () => slipway.commands.stage({ ...staging, expectedCommit: 'x' }),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    await slipway.restart();
    expect(await slipway.commands.commit(input)).toEqual(committed);
    expect(await countOfEvents()).toBe(events);
  });
});
