import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitFsck } from '../../../src/git/program/fsck';
import { git, gitTest, scratch } from '../real-git';

const { next } = scratch();

/** A bare repository with two commits on main. */
function repository(): { gitdir: string; first: string; second: string } {
  const work = next();
  git('.', ['init', '--quiet', '--initial-branch=main', work]);
  for (const text of ['one', 'two']) {
    writeFileSync(join(work, 'file.txt'), text);
    git(work, ['add', '.']);
    git(work, ['commit', '--quiet', '-m', text]);
  }
  const gitdir = next('.git');
  git('.', ['clone', '--quiet', '--bare', '--no-hardlinks', work, gitdir]);
  return { gitdir, first: git(gitdir, ['rev-parse', 'main~1']), second: git(gitdir, ['rev-parse', 'main']) };
}

gitTest('finds nothing in a repository that shows what it holds', async () => {
  expect(await new GitFsck(repository()).faults()).toEqual([]);
});

gitTest('names an object that plain git would show another for', async () => {
  const { gitdir, first, second } = repository();
  git(gitdir, ['replace', second, first]);
  const [fault] = await new GitFsck({ gitdir }).faults();
  expect(fault).toMatchObject({ oid: second, what: expect.stringContaining(`refs/replace/${second}`) });
});

gitTest('names the file that cuts or borrows history, and a HEAD that is another branch', async () => {
  const cut = repository();
  writeFileSync(join(cut.gitdir, 'shallow'), `${cut.second}\n`);
  expect((await new GitFsck(cut).faults())[0]?.what).toContain('The file shallow');

  const borrowing = repository();
  mkdirSync(join(borrowing.gitdir, 'objects', 'info'), { recursive: true });
  writeFileSync(join(borrowing.gitdir, 'objects', 'info', 'alternates'), `${join(cut.gitdir, 'objects')}\n`);
  expect((await new GitFsck(borrowing).faults())[0]?.what).toContain('objects/info/alternates');

  const elsewhere = repository();
  git(elsewhere.gitdir, ['branch', 'other', 'main~1']);
  git(elsewhere.gitdir, ['symbolic-ref', 'HEAD', 'refs/heads/other']);
  expect((await new GitFsck(elsewhere).faults())[0]?.what).toContain('HEAD does not name refs/heads/main');
});
