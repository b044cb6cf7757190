import { readdir, readFile, rmdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RefConflict, RefUnavailable, RefUnreadable } from '../errors';
import { type GitRefs, type ObjectId } from '../git-repository';
import { isObjectId } from '../object-form/object-id';
import { hasCode, syncDirectoryIfThere } from './durable-fs';
import { PackedRefs } from './packed-refs';
import { checkRefName } from './ref-name';
import { type FileLock, lockFile } from './ref-lock';

/**
 * Refs with the locks and the compare-and-set that isomorphic-git's own ref writing does not have: the same lock files as the
 * `git` program's, so neither loses an update of the other.
 */
export class FileRefs implements GitRefs {
  readonly #gitdir: string;
  readonly #lockTimeoutMs: number;
  readonly #packed: PackedRefs;
  #queue: Promise<unknown> = Promise.resolve();

  constructor({ gitdir, lockTimeoutMs }: { readonly gitdir: string; readonly lockTimeoutMs: number }) {
    this.#gitdir = gitdir;
    this.#lockTimeoutMs = lockTimeoutMs;
    this.#packed = new PackedRefs({ gitdir, lockTimeoutMs });
  }

  async read(ref: string): Promise<ObjectId | null> {
    checkRefName(ref);
    // Loose first: packing writes the packed line before it removes the file.
    return (await this.#readLoose(ref)) ?? (await this.#packed.read()).get(ref) ?? null;
  }

  async list(prefix: string): Promise<readonly { readonly ref: string; readonly oid: ObjectId }[]> {
    const loose = await this.#listLoose(prefix);
    const packed = await this.#packed.read();
    return [...new Map([...packed, ...loose])]
      .filter(([ref]) => ref.startsWith(prefix))
      .map(([ref, oid]) => ({ ref, oid }))
      .sort((a, b) => (a.ref < b.ref ? -1 : 1));
  }

  async compareAndSet(ref: string, expected: ObjectId | null, next: ObjectId | null): Promise<void> {
    checkRefName(ref);
    if (next !== null && !isObjectId(next)) throw new RefUnavailable(ref, `${JSON.stringify(next)} is no object id.`);
    const moved = this.#queue.then(() => this.#moveLocked(ref, expected, next));
    this.#queue = moved.catch(() => undefined); // The caller has the error; the next one in the queue starts anew.
    await moved;
  }

  async #moveLocked(ref: string, expected: ObjectId | null, next: ObjectId | null): Promise<void> {
    const path = join(this.#gitdir, ref);
    const lock = await lockFile(path, { name: ref, timeoutMs: this.#lockTimeoutMs });
    try {
      const actual = await this.read(ref);
      if (actual !== expected) throw new RefConflict(ref, expected, actual);
      if (next === null) await this.#remove(ref, path);
      else if (next !== actual) await this.#write(ref, next, actual, lock);
    } finally {
      await lock.release();
    }
  }

  async #write(ref: string, next: ObjectId, actual: ObjectId | null, lock: FileLock): Promise<void> {
    if (actual === null) await this.#refuseTakenName(ref);
    await removeEmptyDirectories(join(this.#gitdir, ref));
    await lock.commit(`${next}\n`);
  }

  /** The packed line goes first: after a crash in between the ref still stands where it stood, not at an older packed value. */
  async #remove(ref: string, path: string): Promise<void> {
    await this.#packed.remove(ref, async () => {
      await rm(path, { force: true });
      await syncDirectoryIfThere(dirname(path));
    });
  }

  /** A ref cannot be a file and a directory, even when one of the two is only in `packed-refs`. */
  async #refuseTakenName(ref: string): Promise<void> {
    const parts = ref.split('/');
    const above = parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'));
    const packed = await this.#packed.read();
    const taken = above.find((name) => packed.has(name)) ?? (await this.list(`${ref}/`))[0]?.ref;
    if (taken !== undefined) throw new RefUnavailable(ref, `${taken} exists.`);
  }

  async #readLoose(ref: string): Promise<ObjectId | null> {
    let text: string;
    try {
      text = await readFile(join(this.#gitdir, ref), 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return null;
      throw new RefUnreadable(ref, { cause: error });
    }
    const oid = text.trimEnd();
    if (!isObjectId(oid)) throw new RefUnreadable(ref);
    return oid;
  }

  async #listLoose(prefix: string): Promise<readonly (readonly [string, ObjectId])[]> {
    const directory = prefix.slice(0, prefix.lastIndexOf('/'));
    const names = await filesBelow(this.#gitdir, directory === '' ? 'refs' : directory);
    const refs = names.filter((name) => name.startsWith(prefix) && !name.endsWith('.lock'));
    const found: (readonly [string, ObjectId])[] = [];
    for (const ref of refs) {
      const oid = await this.#readLoose(ref);
      if (oid !== null) found.push([ref, oid]);
    }
    return found;
  }
}

async function filesBelow(gitdir: string, directory: string): Promise<string[]> {
  try {
    const entries = await readdir(join(gitdir, directory), { withFileTypes: true });
    const files: string[] = [];
    for (const entry of entries) {
      const name = `${directory}/${entry.name}`;
      if (entry.isDirectory()) files.push(...(await filesBelow(gitdir, name)));
      else files.push(name);
    }
    return files;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/** Directories of refs that are gone stay behind and would be in the way of a ref of their name. */
async function removeEmptyDirectories(path: string): Promise<void> {
  try {
    for (const entry of await readdir(path)) await removeEmptyDirectories(join(path, entry));
    await rmdir(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
  }
}
