import { exampleFile } from './support/bundled-example';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const ID = 'project_discovery';
const ROLE = 'roles/reviewer';

async function committedRole(): Promise<string> {
  const { id } = await slipway.commands.start({ package: ROLE, create: true });
  await slipway.commands.save(id, [{ path: 'role.prompt.txt', content: 'You review.\n' }]);
  return (await slipway.commands.commit({ draft: id })).release.version;
}

it('what is only committed cannot be referred to, until it is staged', async () => {
  const manifest = exampleFile(`document_types/${ID}/releases/1.4.0/package.yaml`);
  const { id: draft } = await slipway.commands.start({ package: ID });
  const content = manifest.replace('prompt:role:technical_architect:1.0.0', 'prompt:role:reviewer:1.0.0');
  expect(content).not.toBe(manifest);
  await slipway.commands.save(draft, [{ path: 'package.yaml', content }]);
  const { release } = await slipway.commands.commit({ draft, changeType: 'MINOR' });
  const stage = () => slipway.commands.stage({ package: ID, version: release.version });
  const errors = async () =>
    (await stage()).report.findings.filter(({ severity }) => severity === 'ERROR').map(({ rule }) => rule);

  expect(await errors()).toEqual(['reference-unresolved']);
  expect(await committedRole()).toBe('1.0.0');
  expect(await errors()).toEqual(['reference-not-staged']);
  await slipway.commands.stage({ package: ROLE, version: '1.0.0' });
  expect(await stage()).toMatchObject({ staged: true, report: { valid: true } });
});
