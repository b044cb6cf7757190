import { randomBytes } from 'node:crypto';
import {
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type PromiseFsClient } from 'isomorphic-git';

/**
 * File system for isomorphic-git that survives `kill -9` and power loss: a file is either the old one or the whole new one,
 * and what a resolved promise wrote is on disk. Errors are passed on as they are, so nothing unreadable looks like "missing".
 */
export interface DurableFs extends PromiseFsClient {
  readonly promises: PromiseFsClient['promises'] & {
    readonly writeFile: (path: string, content: Uint8Array | string) => Promise<void>;
    readonly mkdir: (path: string) => Promise<void>;
  };
}

export function createDurableFs(): DurableFs {
  // A file is durable only once its directory is: writers of a directory that is just being made wait for its maker.
  const making = new Map<string, Promise<void>>();

  return {
    promises: {
      // Asked for no file, twice for each object, the library only looks whether it gets a promise; an error would cost as much as the reading.
      readFile: (...asked: Parameters<typeof readFile> | []) =>
        asked.length === 0 ? Promise.resolve('') : readFile(...asked),
      // Git writes its packs as hidden temporary files first, which are no packs yet.
      readdir: async (path: string) => (await readdir(path)).filter((name) => !name.startsWith('.tmp-')),
      stat,
      lstat,
      readlink,
      unlink,
      rmdir,
      symlink,
      async writeFile(path, content) {
        await making.get(dirname(path));
        await replaceFile(path, content);
      },
      async mkdir(path) {
        const made = making.get(path) ?? makeDirectory(path).finally(() => making.delete(path));
        making.set(path, made);
        await made;
      },
    },
  };
}

/** Writes a file by way of a temporary one beside it; the directory must exist. Git itself sweeps left-over `tmp_obj_` files. */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(path), `tmp_obj_${randomBytes(8).toString('hex')}`);
  try {
    await writeSynced(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** Creates a file that must not exist yet and brings its bytes to disk; its name is durable after {@link syncDirectory}. */
export async function writeSynced(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Brings the names in a directory to disk. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Brings the names in a directory to disk; nothing to do where Git has removed it since, because it became empty. */
export async function syncDirectoryIfThere(path: string): Promise<void> {
  try {
    await syncDirectory(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** Creates a directory and all it needs above it, durably. */
export async function makeDirectories(path: string): Promise<void> {
  try {
    await makeDirectory(path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    if (!hasCode(error, 'ENOENT')) throw error;
    await makeDirectories(dirname(path));
    await makeDirectories(path);
  }
}

/** Whether the system refused with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}

async function makeDirectory(path: string): Promise<void> {
  await mkdir(path);
  await syncDirectory(dirname(path));
}
