import { DISCOVERY, discoveryDrafts, TASK } from './support/discovery-drafts';
import { newPackageFiles } from './support/new-package';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { edited, touch, commit } = discoveryDrafts(slipway);

const SEEN = '{ draft(id: "ID") { baseVersion baseIsActive dirty changes { path } } }';
const seen = async (draft: string): Promise<unknown> => (await slipway.ask(SEEN.replace('ID', draft))).draft;

it('a draft with newer edits than its staged release builds on that release', async () => {
  const draft = await edited();
  expect(await commit(draft, { changeType: 'MINOR' })).toMatchObject({ version: '1.5.0' });
  await touch(draft);
  await slipway.commands.stage({ package: DISCOVERY, version: '1.5.0' });
  await slipway.commands.activate({ [DISCOVERY]: '1.5.0' });
  expect(await seen(draft)).toEqual({
    baseVersion: '1.5.0',
    baseIsActive: true,
    dirty: true,
    changes: [{ path: TASK }],
  });

  expect(await commit(draft)).toMatchObject({ version: '1.5.1' });
  await touch(draft);
  expect(await commit(draft)).toMatchObject({ version: '1.5.1' });
  const { release } = await slipway.ask(`{ release(package: "${DISCOVERY}", version: "1.5.1") { baseVersion } }`);
  expect(release).toEqual({ baseVersion: '1.5.0' });

  await slipway.commands.stage({ package: DISCOVERY, version: '1.5.1' });
  const { activationPlan } = await slipway.ask(
    `{ activationPlan(releases: [{ package: "${DISCOVERY}", version: "1.5.1" }]) { ok warnings { code } } }`,
  );
  expect(activationPlan).toEqual({ ok: true, warnings: [] });
});

it('a draft that is back at its staged release has nothing to commit', async () => {
  const draft = await edited();
  const { version } = await commit(draft);
  await touch(draft);
  await slipway.commands.stage({ package: DISCOVERY, version });
  await slipway.commands.discard({ draft });
  expect(await seen(draft)).toMatchObject({ baseVersion: version, dirty: false, changes: [] });
  await expect(commit(draft)).rejects.toMatchObject({ code: 'NOTHING_TO_COMMIT' });
});

it('a draft of a new package goes on after its first release', async () => {
  const id = 'risk_register';
  const { id: draft } = await slipway.commands.start({ package: id, create: true });
  await slipway.commands.save(draft, newPackageFiles(id));
  await slipway.commands.commit({ draft });
  await touch(draft);
  await slipway.commands.stage({ package: id, version: '1.0.0' });
  await expect(slipway.commands.commit({ draft })).rejects.toMatchObject({ extensions: { field: 'changeType' } });
  expect(await commit(draft, { changeType: 'MINOR' })).toMatchObject({ version: '1.1.0' });
});
