import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getConfig } from 'isomorphic-git';
import { RepositoryUnusable } from '../errors';
import { type GitReading, type GitRepository, MAIN_REF } from '../git-repository';
import { createDurableFs, hasCode, makeDirectories, replaceFile, syncDirectory } from './durable-fs';
import { IsomorphicObjects } from './objects';
import { removeStaleLocks } from './ref-lock';
import { FileRefs } from './refs';

export interface RepositoryLocation {
  /** The bare repository's directory. */
  readonly gitdir: string;
  /** How long to wait for a lock that a `git` program holds. */
  readonly lockTimeoutMs?: number;
}

/** Its objects can also be copied whole. */
export type IsomorphicRepository = GitRepository & { readonly objects: IsomorphicObjects };
export type IsomorphicReading = GitReading & { readonly objects: IsomorphicObjects };

/**
 * Opens a bare repository of which this process is the only writer, and clears locks that a killed process left in it.
 *
 * @throws RepositoryUnusable when there is none, when its making was interrupted, or when its format is not the plain one.
 */
export async function openGitRepository({
  gitdir,
  lockTimeoutMs = 2_000,
}: RepositoryLocation): Promise<IsomorphicRepository> {
  const fs = createDurableFs();
  await requireUsable(fs, gitdir);
  await removeStaleLocks(gitdir);
  // Directories of objects may have been made by a process that was killed before it brought their names to disk.
  await syncDirectory(join(gitdir, 'objects'));
  return {
    objects: new IsomorphicObjects({ fs, gitdir }),
    refs: new FileRefs({ gitdir, lockTimeoutMs }),
  };
}

/**
 * Opens a bare repository to read it, beside the process that writes it. Changes nothing.
 *
 * @throws RepositoryUnusable as {@link openGitRepository} does.
 */
export async function openGitReading({ gitdir }: Pick<RepositoryLocation, 'gitdir'>): Promise<IsomorphicReading> {
  const fs = createDurableFs();
  await requireUsable(fs, gitdir);
  return { objects: new IsomorphicObjects({ fs, gitdir }), refs: new FileRefs({ gitdir, lockTimeoutMs: 0 }) };
}

async function requireUsable(fs: ReturnType<typeof createDurableFs>, gitdir: string): Promise<void> {
  const head = await textOf(join(gitdir, 'HEAD'));
  if (!/^(ref: refs\/|[0-9a-f]{40}\s*$)/.test(head))
    throw new RepositoryUnusable(gitdir, 'it has no HEAD; initialise it.');
  await refuseMissing(gitdir, 'objects');
  await refuseMissing(gitdir, 'refs');
  await refuseOtherFormats(fs, gitdir);
}

/** Creates a bare repository and opens it. Run again it completes what an interrupted run began and changes nothing else. */
export async function initGitRepository(location: RepositoryLocation): Promise<IsomorphicRepository> {
  const { gitdir } = location;
  for (const directory of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags']) {
    await makeDirectories(join(gitdir, directory));
  }
  await writeMissing(join(gitdir, 'config'), CONFIG);
  // HEAD last: it is what makes the directory a repository.
  await writeMissing(join(gitdir, 'HEAD'), `ref: ${MAIN_REF}\n`);
  return openGitRepository(location);
}

/** For `git` programs that people run here: they fsync as this program does, never rewrite history and never collect by themselves. */
const CONFIG = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
	fsync = all
[gc]
	auto = 0
[receive]
	denyNonFastForwards = true
`;

async function writeMissing(path: string, content: string): Promise<void> {
  if ((await textOf(path)) === '') await replaceFile(path, content);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}

async function refuseMissing(gitdir: string, directory: string): Promise<void> {
  try {
    await stat(join(gitdir, directory));
  } catch (error) {
    throw new RepositoryUnusable(gitdir, `${directory} cannot be read.`, { cause: error });
  }
}

/** Other hashes, ref storages and partial clones would read as an empty or damaged repository. */
async function refuseOtherFormats(fs: ReturnType<typeof createDurableFs>, gitdir: string): Promise<void> {
  const version: unknown = await getConfig({ fs, gitdir, path: 'core.repositoryformatversion' });
  if (Number(version ?? 0) !== 0) throw new RepositoryUnusable(gitdir, `its format is ${String(version)}, not 0.`);
}
