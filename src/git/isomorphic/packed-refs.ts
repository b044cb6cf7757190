import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RefUnreadable } from '../errors';
import { type ObjectId } from '../git-repository';
import { hasCode, replaceFile } from './durable-fs';
import { lockFile } from './ref-lock';

/** A file this young may change again within the clock tick of its time stamp: it is read each time. */
const SETTLED_MS = 2_000;

/** The `packed-refs` file, into which `git gc` and `git pack-refs` move refs. */
export class PackedRefs {
  readonly #path: string;
  readonly #lockTimeoutMs: number;
  #remembered: { readonly stamp: string; readonly refs: ReadonlyMap<string, ObjectId> } | null = null;

  constructor({ gitdir, lockTimeoutMs }: { readonly gitdir: string; readonly lockTimeoutMs: number }) {
    this.#path = join(gitdir, 'packed-refs');
    this.#lockTimeoutMs = lockTimeoutMs;
  }

  /** All refs of the file; none when there is no file. @throws RefUnreadable when a line is not one of Git's. */
  async read(): Promise<ReadonlyMap<string, ObjectId>> {
    try {
      const { ino, mtimeNs, ctimeNs, mtimeMs, size } = await stat(this.#path, { bigint: true });
      const stamp = [ino, mtimeNs, ctimeNs, size].join();
      if (this.#remembered?.stamp === stamp) return this.#remembered.refs;
      const refs = parse(await readFile(this.#path, 'utf8'));
      this.#remembered = Date.now() - Number(mtimeMs) > SETTLED_MS ? { stamp, refs } : null;
      return refs;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return new Map();
      throw error;
    }
  }

  /**
   * Takes one ref out of the file, durably, and calls `removeLoose` while the file's lock still keeps every other program from
   * packing the loose ref, which would bring it back.
   */
  async remove(ref: string, removeLoose: () => Promise<void>): Promise<void> {
    const lock = await lockFile(this.#path, { name: 'packed-refs', timeoutMs: this.#lockTimeoutMs });
    try {
      if ((await this.read()).has(ref)) await replaceFile(this.#path, without(await readFile(this.#path, 'utf8'), ref));
      await removeLoose();
    } finally {
      await lock.release();
    }
  }
}

const REF_LINE = /^([0-9a-f]{40}) (refs\/.+)$/;
const OTHER_LINE = /^(#.*|\^[0-9a-f]{40})$/;

function parse(text: string): ReadonlyMap<string, ObjectId> {
  if (text !== '' && !text.endsWith('\n')) throw new RefUnreadable('packed-refs');
  const refs = new Map<string, ObjectId>();
  for (const line of text.split('\n').slice(0, -1)) {
    const match = REF_LINE.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) refs.set(match[2], match[1]);
    else if (!OTHER_LINE.test(line)) throw new RefUnreadable('packed-refs');
  }
  return refs;
}

function without(text: string, ref: string): string {
  let dropping = false;
  return text
    .split('\n')
    .filter((line) => {
      // A line `^ID` belongs to the tag in the line above it.
      dropping = line.startsWith('^') ? dropping : REF_LINE.exec(line)?.[2] === ref;
      return !dropping;
    })
    .join('\n');
}
