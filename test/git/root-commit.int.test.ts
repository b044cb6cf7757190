import { MAIN_REF } from '../../src/git';
import { repositoryWith } from './fixture-repository';
import { git, gitTest, scratch } from './real-git';

const { next } = scratch();

gitTest('a source without history becomes one commit that is the same on every machine', async () => {
  const gitdir = next('.git');
  const { root } = await repositoryWith(gitdir, { 'README.md': '# Configuration\n' });
  expect(root).toBe('34558c40ac96269b8faa199dfb5741ea09dfb125');
  expect(git(gitdir, ['log', '--format=%an <%ae> %aI %cn <%ce> %cI %P%n%B', MAIN_REF])).toBe(
    'Slipway <service@slipway.invalid> 2026-01-01T00:00:00+00:00 ' +
      'Slipway <service@slipway.invalid> 2026-01-01T00:00:00+00:00 \nchore: Start configuration repository\n',
  );
  expect(git(gitdir, ['show', `${root}:_active/active_releases.json`])).toBe('{}');
  expect(git(gitdir, ['fsck', '--full', '--strict'])).toBe('');
});

test('a pointer file of its own is kept', async () => {
  const pointer = '{"epic":"1.0.0"}';
  const { repository, root } = await repositoryWith(next('.git'), { '_active/active_releases.json': pointer });
  const { tree } = await repository.objects.readCommit(root);
  const [active] = await repository.objects.readTree(tree);
  const [file] = await repository.objects.readTree(active!.oid);
  expect(Buffer.from(await repository.objects.readBlob(file!.oid)).toString()).toBe(pointer);
});
