import { runGit } from './run-git';

/**
 * What is in a directory of a Git working tree and stays out of Git: untracked and ignored by the rules of the repository
 * (those of the person are not asked). Relative to the directory, without trailing slashes; of an ignored directory the
 * directory alone.
 * @throws TransferFailed
 */
export async function ignoredPaths(directory: string): Promise<ReadonlySet<string>> {
  const printed = await runGit({
    program: 'git',
    // Whoever owns the files: nothing of the repository is run.
    args: ['-c', 'safe.directory=*', '-C', directory, ...LIST],
  });
  return new Set(
    printed
      .split('\0')
      .map((path) => path.replace(/\/$/, ''))
      .filter((path) => path !== ''),
  );
}

const LIST = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
