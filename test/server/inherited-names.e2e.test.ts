import { furtherReleases } from './support/further-release';
import { newPackageFiles } from './support/new-package';
import { slipwayOfFile } from './support/running-slipway';

/** `constructor` fits the grammar of names and is a property of every object. */
const NAME = 'constructor';
const slipway = slipwayOfFile();
const { fresh } = furtherReleases(slipway);

it('is no kind unless the layout says so', async () => {
  await expect(slipway.commands.start({ package: `${NAME}/x`, create: true })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    extensions: { field: 'package' },
  });
  const { packages, package: one } = await slipway.ask(
    `{ packages(kind: "${NAME}") { totalCount } package(id: "${NAME}") { id } }`,
  );
  expect([packages.totalCount, one]).toEqual([0, null]);
  await expect(slipway.commands.activate({ [NAME]: '1.0.0' })).rejects.toMatchObject({ code: 'PACKAGE_NOT_FOUND' });
});

it('is no required input before there is such a package', async () => {
  const draft = await slipway.commands.start({ package: 'risks', create: true });
  await slipway.commands.save(draft.id, newPackageFiles('risks', { requires: [NAME] }));
  await slipway.commands.commit({ draft: draft.id });
  const { staged, report } = await slipway.commands.stage({ package: 'risks', version: '1.0.0' });
  expect(staged).toBe(false);
  expect(report.findings).toContainEqual(expect.objectContaining({ severity: 'ERROR', path: 'package.yaml' }));
});

it('goes all the way as a package', async () => {
  await fresh(NAME);
  const move = await slipway.commands.activate({ [NAME]: '1.0.0' });
  expect(Object.entries(move.pointer)).toContainEqual([NAME, '1.0.0']);
  await slipway.published();
  const file = JSON.parse(slipway.git('show', 'main:_active/active_releases.json')) as object;
  expect(Object.entries(file)).toContainEqual([NAME, '1.0.0']);
  const { activeReleases } = await slipway.ask('{ activeReleases { pointer } }');
  expect(Object.entries(activeReleases.pointer as object)).toContainEqual([NAME, '1.0.0']);
  const out = await slipway.commands.deactivate([NAME]);
  expect(Object.keys(out.pointer)).not.toContain(NAME);
});
