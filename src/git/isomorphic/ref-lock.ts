import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RefHeld, RefUnavailable } from '../errors';
import { hasCode, makeDirectories, syncDirectoryIfThere } from './durable-fs';

/** Git's own lock of a file: whoever creates `FILE.lock` may write it, then renames it over the file. */
export interface FileLock {
  /** Makes `content` the file's, durably, and releases the lock. */
  commit(content: string): Promise<void>;
  /** Leaves the file as it is. Does nothing after {@link FileLock.commit}. */
  release(): Promise<void>;
}

/**
 * Waits for the lock of `path`, which another program may hold for moments.
 *
 * @param name what the lock is of, for the error.
 * @throws RefHeld when it is still held after `timeoutMs`; RefUnavailable when a file stands where a directory must be.
 */
export async function lockFile(
  path: string,
  { name, timeoutMs }: { name: string; timeoutMs: number },
): Promise<FileLock> {
  const lock = `${path}.lock`;
  const file = await create(lock, { name, timeoutMs });
  let held = true;
  return {
    async commit(content) {
      await file.writeFile(content);
      await file.sync();
      await file.close();
      await rename(lock, path);
      held = false;
      await syncDirectoryIfThere(dirname(path)); // `git pack-refs` may have packed the ref already
    },
    async release() {
      if (!held) return;
      held = false;
      await file.close();
      await rm(lock, { force: true });
    },
  };
}

/**
 * Removes locks that a killed process left. This process is the only writer of the repository (the data directory's lock says
 * so), hence a lock from before its start has no holder that could still write; younger ones may be a running `git` program's.
 */
export async function removeStaleLocks(gitdir: string): Promise<void> {
  const startedAt = Date.now() - process.uptime() * 1000;
  const refs = await readdir(join(gitdir, 'refs'), { recursive: true });
  const locks = [...refs.map((name) => join('refs', name)), 'packed-refs.lock'].filter((name) =>
    name.endsWith('.lock'),
  );
  for (const lock of locks) {
    const path = join(gitdir, lock);
    const found = await stat(path).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    });
    if (found?.isFile() === true && found.mtimeMs < startedAt) await rm(path, { force: true });
  }
}

async function create(lock: string, { name, timeoutMs }: { name: string; timeoutMs: number }): Promise<FileHandle> {
  const until = performance.now() + timeoutMs;
  for (let pause = 2; ; pause = Math.min(pause * 2, 50)) {
    try {
      return await open(lock, 'wx');
    } catch (error) {
      if (hasCode(error, 'ENOTDIR'))
        throw new RefUnavailable(name, 'another ref has the name of its directory.', { cause: error });
      // Git removes directories that became empty, also between our making and our use of one.
      if (hasCode(error, 'ENOENT')) await makeParent(lock, name);
      else if (!hasCode(error, 'EEXIST')) throw error;
      else if (performance.now() > until) {
        throw new RefHeld(name, `${lock} is held; remove that file if no git program is running there.`, {
          cause: error,
        });
      } else await delay(pause);
    }
  }
}

async function makeParent(lock: string, name: string): Promise<void> {
  try {
    await makeDirectories(dirname(lock));
  } catch (error) {
    if (!hasCode(error, 'ENOTDIR')) throw error;
    throw new RefUnavailable(name, 'another ref has the name of its directory.', { cause: error });
  }
}
