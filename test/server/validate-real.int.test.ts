import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { scratch } from '../cli/support/run-slipway';
import { namesOf, validatorOfFile } from '../cli/validate/working-trees';
import { git, gitIsThere } from '../git/real-git';

const BUNDLE =
  process.env['SLIPWAY_REAL_CONFIG'] ?? resolve(__dirname, '../../../shared/real-config/config-history.bundle');
const real = gitIsThere && existsSync(BUNDLE) ? describe : describe.skip;

real('the working tree of a real configuration repository (skipped where it is absent)', () => {
  const { next } = scratch();
  const validate = validatorOfFile();
  let directory: string;
  beforeAll(() => {
    directory = next('source');
    git('.', ['clone', '--quiet', '--branch', 'main', BUNDLE, directory]);
  }, 60_000);

  it('is validated whole, each release with the id that Git has for it', async () => {
    const tree = await validate(directory);
    expect(tree.releases.length).toBeGreaterThan(70);
    // What these are is held to in the tests of the rules.
    expect(tree).toMatchObject({ isValid: false, errorCount: 19, remarks: [] });
    for (const { release } of tree.releases)
      expect(release.tree).toBe(git(directory, ['rev-parse', `HEAD:${release.path}`]));
  }, 60_000);

  it('gives the same digests in every run', async () => {
    const digests = async (): Promise<readonly string[]> =>
      (await validate(directory)).releases.map(({ release }) => release.report.digest);
    expect(await digests()).toEqual(await digests());
  }, 60_000);

  it('has parts that can be validated alone', async () => {
    expect(namesOf(await validate(`${directory}/prompts/roles`)).every((name) => name.startsWith('roles/'))).toBe(true);
  }, 60_000);
});
