import { Errors, readObject } from 'isomorphic-git';
import { ObjectMissing } from '../errors';
import {
  type CommitObject,
  type ContentMode,
  type GitObjects,
  type ObjectId,
  type TagObject,
  type TreeChanges,
  type TreeEntry,
} from '../git-repository';
import { decodeCommit, decodeTag, encodeCommit, encodeTag } from '../object-form/commit-bytes';
import { type ObjectSink, type ObjectSource, type WholeObject } from '../whole-objects';
import { decoded, objectIdOf, type ObjectType } from '../object-form/object-bytes';
import { isObjectId } from '../object-form/object-id';
import { changedTree, decodeTree, encodeTree } from '../object-form/tree-form';
import { atMost } from './at-most';
import { type DurableFs, hasCode } from './durable-fs';
import { writeLooseObject } from './loose-object';

/** Objects of one repository: read from loose files and packs, written loose. */
export class IsomorphicObjects implements GitObjects, ObjectSource, ObjectSink {
  readonly #fs: DurableFs;
  readonly #gitdir: string;
  /** Each read and write holds files open, of which the system allows a few hundred. */
  readonly #gate = atMost(32);
  /** Parsed packs; without it every packed read parses the index again. */
  #cache: object = {};

  constructor({ fs, gitdir }: { readonly fs: DurableFs; readonly gitdir: string }) {
    this.#fs = fs;
    this.#gitdir = gitdir;
  }

  async readBlob(oid: ObjectId): Promise<Uint8Array> {
    return new Uint8Array(await this.#read(oid, 'blob'));
  }

  async readTree(oid: ObjectId): Promise<readonly TreeEntry[]> {
    return decoded(oid, decodeTree, await this.#read(oid, 'tree'));
  }

  async readCommit(oid: ObjectId): Promise<CommitObject> {
    return decoded(oid, decodeCommit, await this.#read(oid, 'commit'));
  }

  async readTag(oid: ObjectId): Promise<TagObject> {
    return decoded(oid, decodeTag, await this.#read(oid, 'tag'));
  }

  async has(oid: ObjectId): Promise<boolean> {
    try {
      await this.#find(oid);
      return true;
    } catch (error) {
      if (error instanceof ObjectMissing) return false;
      throw error;
    }
  }

  async writeBlob(content: Uint8Array): Promise<ObjectId> {
    return this.#write('blob', content);
  }

  async writeTree(entries: readonly TreeEntry<ContentMode>[]): Promise<ObjectId> {
    return this.#write('tree', encodeTree(entries));
  }

  async changeTree(base: ObjectId, changes: TreeChanges): Promise<ObjectId> {
    const bytes = await this.#read(base, 'tree');
    return this.#write(
      'tree',
      decoded(base, (tree) => changedTree(tree, changes), bytes),
    );
  }

  async writeCommit(commit: CommitObject): Promise<ObjectId> {
    return this.#write('commit', encodeCommit(commit));
  }

  async writeTag(tag: TagObject): Promise<ObjectId> {
    return this.#write('tag', encodeTag(tag));
  }

  async readWhole(oid: ObjectId): Promise<WholeObject> {
    const { type, bytes } = await this.#find(oid);
    if (!isObjectType(type) || objectIdOf(type, bytes) !== oid) throw new ObjectMissing(oid);
    return { type, bytes };
  }

  async writeWhole({ type, bytes }: WholeObject): Promise<ObjectId> {
    return this.#write(type, bytes);
  }

  #write(type: ObjectType, content: Uint8Array): Promise<ObjectId> {
    return this.#gate(() => writeLooseObject({ fs: this.#fs, gitdir: this.#gitdir, type, content }));
  }

  async #read(oid: ObjectId, type: ObjectType): Promise<Buffer> {
    const found = await this.#find(oid);
    if (found.type !== type)
      throw new ObjectMissing(oid, { cause: new TypeError(`It is a ${found.type}, not a ${type}.`) });
    return found.bytes;
  }

  /** An outside `git gc` may move the object to another pack between our looking here and there: look twice. */
  async #find(oid: ObjectId): Promise<{ type: string; bytes: Buffer }> {
    if (!isObjectId(oid)) throw new ObjectMissing(oid);
    try {
      return await this.#gate(() => this.#lookUp(oid));
    } catch (error) {
      passOnSystemError(error);
      // Packs are listed on every read; only a failure inside one means that what is remembered of it is old.
      if (!(error instanceof Errors.NotFoundError)) this.#cache = {};
    }
    try {
      return await this.#gate(() => this.#lookUp(oid));
    } catch (error) {
      passOnSystemError(error);
      throw new ObjectMissing(oid, { cause: error });
    }
  }

  async #lookUp(oid: ObjectId): Promise<{ type: string; bytes: Buffer }> {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the calls by type parse loosely; trees and commits are decoded here.
    const found = await readObject({ fs: this.#fs, gitdir: this.#gitdir, oid, format: 'content', cache: this.#cache });
    if (found.format !== 'content') throw new TypeError(`isomorphic-git answered ${found.format}.`);
    return { type: found.type, bytes: Buffer.from(found.object) };
  }
}

function isObjectType(type: string): type is ObjectType {
  return type === 'blob' || type === 'tree' || type === 'commit' || type === 'tag';
}

/** A disk that fails or too many open files say nothing about the object. */
function passOnSystemError(error: unknown): void {
  if (isSystemError(error) && !hasCode(error, 'ENOENT')) throw error;
}

function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
