import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAIN_REF } from '../git-repository';
import { type RepositoryFault } from '../object-integrity';
import { runGit } from './run-git';

/** Files that let `git` programs read another history, or other objects, than the repository holds. */
const FILES = ['shallow', 'info/grafts', 'objects/info/alternates'];

/**
 * What makes `git` programs show other content than the objects of a repository hold, though every object is intact.
 * @throws TransferFailed when there is no git program.
 */
export async function substitutions({
  gitdir,
  program,
}: {
  readonly gitdir: string;
  readonly program: string;
}): Promise<readonly RepositoryFault[]> {
  const args = ['--git-dir', gitdir, 'for-each-ref', '--format=%(refname)', 'refs/replace/'];
  const replaced = (await runGit({ program, args })).split('\n').filter((ref) => ref !== '');
  const head = await readFile(join(gitdir, 'HEAD'), 'utf8').catch(() => '');
  const files = await Promise.all(FILES.map(async (file) => ({ file, isThere: await exists(join(gitdir, file)) })));
  return [
    ...replaced.map((ref) => ({
      oid: ref.slice('refs/replace/'.length),
      what: `${ref} makes git programs show another object in its place.`,
    })),
    ...files.flatMap(({ file, isThere }) =>
      isThere ? [{ oid: null, what: `The file ${file} makes git programs read another history than is here.` }] : [],
    ),
    ...(head.trim() === `ref: ${MAIN_REF}`
      ? []
      : [{ oid: null, what: `HEAD does not name ${MAIN_REF}, as clones expect.` }]),
  ];
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
