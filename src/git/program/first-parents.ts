import { type ListFirstParents } from '../transfer';
import { runGit } from './run-git';

/** Walks first-parent histories of a bare repository with the `git` program, which reads a hundred thousand commits in a second. */
export function gitFirstParents({
  gitdir,
  program = 'git',
}: {
  readonly gitdir: string;
  readonly program?: string;
}): ListFirstParents {
  return async ({ from, to }) => {
    if (from === to) return [];
    const range = from === null ? [to] : [to, `^${from}`];
    const args = ['--git-dir', gitdir, 'rev-list', '--first-parent', '--parents', '--reverse', ...range, '--'];
    const printed = await runGit({ program, args });
    const commits = printed.split('\n').flatMap((line) => {
      const [commit, parent = null] = line.split(' ');
      return commit === undefined || commit === '' ? [] : [{ commit, parent }];
    });
    // Commits that `from` reaches are left out: the oldest one that is left must stand on `from` itself.
    if (commits[0]?.parent !== from) return null;
    return commits.map(({ commit }) => commit);
  };
}
