import { join } from 'node:path';
import { git } from '../git/real-git';
import { DISCOVERY, discoveryDrafts } from './support/discovery-drafts';
import { furtherReleases } from './support/further-release';
import { newPackageFiles } from './support/new-package';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const drafts = discoveryDrafts(slipway);
const { fresh } = furtherReleases(slipway);

const refusal = (field: string) => ({
  code: 'BAD_USER_INPUT',
  message: expect.stringContaining('document_types/twin is written twin') as string,
  extensions: { field },
});

describe('a package has one id', () => {
  it('so that no second history writes over its directory', async () => {
    await fresh('twin');
    const twin = 'document_types/twin';
    const { commands } = slipway;
    await expect(commands.start({ package: twin, create: true })).rejects.toMatchObject(refusal('package'));
    await expect(commands.stage({ package: twin, version: '1.0.0' })).rejects.toMatchObject(refusal('package'));
    await expect(commands.tag({ package: twin, version: '1.0.0' })).rejects.toMatchObject(refusal('package'));
    await expect(commands.activate({ [twin]: '1.0.0' })).rejects.toMatchObject(refusal('releases[0].package'));
    await expect(commands.rollback({ package: twin })).rejects.toMatchObject(refusal('package'));
    await expect(commands.deactivate([twin])).rejects.toMatchObject(refusal('packages[0]'));
    await commands.activate({ twin: '1.0.0' });
  });

  it('in what a manifest requires, too', async () => {
    const { id: draft } = await slipway.commands.start({ package: 'brief', create: true });
    await slipway.commands.save(draft, newPackageFiles('brief', { requires: ['document_types/twin'] }));
    await slipway.commands.commit({ draft });
    const { staged, report } = await slipway.commands.stage({ package: 'brief', version: '1.0.0' });
    expect(staged).toBe(false);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['required-input-malformed']);
  });
});

it('nothing is staged over what stands on main in its place', async () => {
  const { version } = await drafts.commit(await drafts.edited());
  const stranger = `commit refs/heads/main
committer Somebody <somebody@example.com> 0 +0000
data 5
Place
from refs/heads/main^0
M 100644 inline document_types/${DISCOVERY}/releases/${version}/package.yaml
data 6
other

`;
  await slipway.published();
  git(join(slipway.dataDirectory, 'repository.git'), ['fast-import', '--quiet'], stranger);
  await expect(slipway.commands.stage({ package: DISCOVERY, version })).rejects.toMatchObject({
    code: 'CONTENT_CHANGED',
  });
});
