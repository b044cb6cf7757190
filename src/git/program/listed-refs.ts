import { RefUnreadable } from '../errors';
import { type GitReading, type ObjectId } from '../git-repository';
import { isObjectId } from '../object-form/object-id';
import { startGit } from './run-git';

/**
 * All refs of a repository as they are now, read at once: for whoever compares thousands of them.
 * @throws TransferFailed when there is no git program; RefUnreadable for a ref that is damaged.
 */
export async function listRefs({
  gitdir,
  program = 'git',
}: {
  readonly gitdir: string;
  readonly program?: string;
}): Promise<GitReading['refs']> {
  const args = ['--git-dir', gitdir, 'for-each-ref', '--format=%(objectname) %(refname)'];
  const { code, stdout, stderr } = await startGit({ program, args });
  const damaged = /ref (refs\/\S+)/.exec(stderr)?.[1];
  if (code !== 0 || stderr !== '') throw new RefUnreadable(damaged ?? 'refs/', { cause: new Error(stderr.trim()) });
  const refs = new Map<string, ObjectId>();
  for (const line of stdout.split('\n')) {
    const oid = line.slice(0, 40);
    if (isObjectId(oid)) refs.set(line.slice(41), oid);
  }
  return {
    read: (ref) => Promise.resolve(refs.get(ref) ?? null),
    list: (prefix) =>
      Promise.resolve([...refs].filter(([ref]) => ref.startsWith(prefix)).map(([ref, oid]) => ({ ref, oid }))),
  };
}
