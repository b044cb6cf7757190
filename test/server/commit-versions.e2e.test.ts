import { gitIsThere } from '../git/real-git';
import { discoveryFile } from './support/bundled-example';
import { DISCOVERY, discoveryDrafts, TASK } from './support/discovery-drafts';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { edited, touch, commit } = discoveryDrafts(slipway);
const judged = gitIsThere ? it : it.skip;
const badField = (field: string) => ({ code: 'BAD_USER_INPUT', extensions: { field } });

describe('the version of a commit', () => {
  it('follows the change type', async () => {
    for (const [changeType, version] of [
      ['PATCH', '1.4.1'],
      ['MINOR', '1.5.0'],
      ['MAJOR', '2.0.0'],
    ]) {
      const draft = await edited();
      expect(await commit(draft, { changeType })).toMatchObject({ version, changeType });
      await slipway.commands.abandon(draft);
    }
  });

  it('stays the draft’s own until it is staged, and is taken for others', async () => {
    const [mine, theirs] = [await edited(), await edited()];
    expect(await commit(mine, { changeType: 'MINOR' })).toMatchObject({ version: '1.5.0' });
    await touch(mine);
    expect(await commit(mine, { changeType: 'MINOR' })).toMatchObject({ version: '1.5.0' });
    await expect(commit(theirs, { changeType: 'MINOR', version: '1.5.0' })).rejects.toMatchObject({
      code: 'VERSION_TAKEN',
      extensions: { package: DISCOVERY, version: '1.5.0', draft: mine },
    });
    expect(await commit(theirs, { changeType: 'MINOR' })).toMatchObject({ version: '1.6.0' });
    await slipway.commands.abandon(mine);
    await touch(theirs);
    expect(await commit(theirs, { changeType: 'MINOR', version: '1.5.0' })).toMatchObject({ version: '1.5.0' });
    await slipway.commands.abandon(theirs);
  });

  it('is free after a rollback', async () => {
    const bad = await slipway.commands.ship(DISCOVERY, { files: { [TASK]: `${discoveryFile(TASK)}...\n` } });
    expect(bad.version).toBe('1.4.1');
    await slipway.commands.activate({ [DISCOVERY]: '1.4.1' });
    await slipway.commands.rollback({ package: DISCOVERY, fromVersion: '1.4.1' });
    const fix = await edited();
    expect(await commit(fix)).toMatchObject({ version: '1.4.2' });
    await slipway.commands.abandon(fix);
  });

  it('may be given, where it is above the base, free, and a step of the change type', async () => {
    const draft = await edited();
    for (const version of ['1.4.0', '1.3.9', '1.5.0', '2.0.0', 'v1.4.3', '1.4.3+build.1', '1.4', '01.4.3']) {
      await expect(commit(draft, { version })).rejects.toMatchObject(badField('version'));
    }
    await expect(commit(draft, { version: '1.4.1' })).rejects.toMatchObject({
      code: 'RELEASE_LOCKED',
      extensions: { package: DISCOVERY, version: '1.4.1' },
    });
    expect(await commit(draft, { version: '1.4.7' })).toMatchObject({ version: '1.4.7' });
    await touch(draft);
    expect(await commit(draft, { version: '1.5.0-rc.1', changeType: 'MINOR' })).toMatchObject({
      version: '1.5.0-rc.1',
    });
    await slipway.commands.abandon(draft);
    const old = await edited({ baseVersion: '1.3.0' });
    await expect(commit(old, { version: '1.4.0', changeType: 'MINOR' })).rejects.toMatchObject({
      code: 'RELEASE_LOCKED',
    });
    await slipway.commands.abandon(old);
  });
});

it.each([
  ['as it is', (text: string) => text],
  ['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  [
    'in double quotes with a comment',
    (text: string) => text.replace('version: 1.4.0', 'version:   "1.4.0"  # bumped: 1.4.0'),
  ],
  [
    'in single quotes, without a last newline',
    (text: string) => text.replace('version: 1.4.0', "version: '1.4.0'").trimEnd(),
  ],
])('replaces the version of a manifest %s and keeps every other byte', async (_, written) => {
  const before = `# 1.4.0 is named here too\n${discoveryFile('package.yaml')}`;
  const draft = await edited();
  await slipway.commands.save(draft, [{ path: 'package.yaml', content: written(before) }]);
  const { version } = await commit(draft, { changeType: 'MAJOR' });
  const { draft: after } = await slipway.ask(
    `query ($id: ID!) { draft(id: $id) { dirty artifact(path: "package.yaml") { content } } }`,
    { id: draft },
  );
  const expected = written(before).replace(/(version: *["']?)1\.4\.0/, `$1${version}`);
  expect(after).toEqual({ dirty: false, artifact: { content: expected } });
  await slipway.commands.abandon(draft);
});

judged('writes one release directory in a conventional commit on top of the one before', async () => {
  const draft = await edited();
  let parent = slipway.git('rev-parse', `draft/${draft}`);
  for (const [changeType, subject] of [
    ['PATCH', 'fix(project_discovery): '],
    ['MINOR', 'feat(project_discovery): '],
    ['MAJOR', 'feat(project_discovery)!: '],
  ] as const) {
    await touch(draft);
    const release = await commit(draft, { changeType, message: 'Say what changed' });
    expect(slipway.git('log', '-1', '--format=%s', release.commit)).toBe(`${subject}Say what changed`);
    expect(slipway.git('log', '-1', '--format=%P', release.commit)).toBe(parent);
    const base = slipway.git('merge-base', 'main', release.commit);
    const directory = `document_types/project_discovery/releases/${release.version}`;
    expect(slipway.git('rev-parse', `${release.commit}:${directory}`)).toBe(release.tree);
    const files = slipway.git('diff', '--name-status', '--no-renames', base, release.commit).split('\n');
    expect(files.every((file) => file.startsWith(`A\t${directory}/`))).toBe(true);
    parent = release.commit;
  }
  await slipway.commands.abandon(draft);
});
