import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { refStamp } from '../../../src/git/isomorphic/ref-stamp';
import { git, gitTest, scratch } from '../real-git';

const { next } = scratch();
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

/** Lets everything below the tags have changed long ago. */
function settle(gitdir: string): void {
  const entries = readdirSync(join(gitdir, 'refs/tags'), { recursive: true, withFileTypes: true });
  const names = entries.map((entry) => join(entry.parentPath, entry.name));
  for (const path of [join(gitdir, 'refs/tags'), ...names]) utimesSync(path, LONG_AGO, LONG_AGO);
}

gitTest('the stamp of refs stays while nothing changes, and differs after each change that git makes', async () => {
  const gitdir = next('.git');
  const { objects } = await initGitRepository({ gitdir });
  const tom = { name: 'Tom', email: 'tom@example.com', seconds: 1 };
  const tree = await objects.writeTree([]);
  const commit = await objects.writeCommit({ tree, parents: [], author: tom, committer: tom, message: 'One\n' });
  const other = await objects.writeCommit({ tree, parents: [], author: tom, committer: tom, message: 'Two\n' });
  const stamp = (): Promise<string | null> => refStamp(gitdir, 'refs/tags/');
  const seen = new Set<string | null>();
  const changes: readonly (() => unknown)[] = [
    () => mkdirSync(join(gitdir, 'refs/tags/epic')),
    () => git(gitdir, ['update-ref', 'refs/tags/epic/v1.0.0', commit]),
    () => git(gitdir, ['update-ref', 'refs/tags/epic/v1.0.0', other]),
    () => git(gitdir, ['update-ref', '-d', 'refs/tags/epic/v1.0.0']),
  ];
  for (const [index, change] of changes.entries()) {
    change();
    expect(await stamp()).toBeNull(); // too young to be trusted
    settle(gitdir);
    const settled = await stamp();
    expect(settled).not.toBeNull();
    expect(await stamp()).toBe(settled);
    seen.add(settled);
    expect(seen.size).toBe(index + 1);
  }
});

test('a repository without such refs has a stamp too', async () => {
  const gitdir = next('.git');
  await initGitRepository({ gitdir });
  writeFileSync(join(gitdir, 'unrelated'), '');
  expect(await refStamp(gitdir, 'refs/heads/draft/')).toBe(',');
});
