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
import { decoded, objectIdOf, type ObjectType } from '../object-form/object-bytes';
import { changedTree, decodeTree, encodeForeignTree, encodeTree } from '../object-form/tree-form';

interface StoredObject {
  readonly type: ObjectType;
  readonly bytes: () => Promise<Uint8Array>;
}

/** Objects of a process that writes none to a disk: gone with it, with the ids that Git gives them. */
export class MemoryObjects implements GitObjects {
  readonly #objects = new Map<ObjectId, StoredObject>();

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

  has(oid: ObjectId): Promise<boolean> {
    return Promise.resolve(this.#objects.has(oid));
  }

  writeBlob(content: Uint8Array): Promise<ObjectId> {
    return this.#write('blob', () => content);
  }

  writeTree(entries: readonly TreeEntry<ContentMode>[]): Promise<ObjectId> {
    return this.#write('tree', () => encodeTree(entries));
  }

  async changeTree(base: ObjectId, changes: TreeChanges): Promise<ObjectId> {
    const bytes = await this.#read(base, 'tree');
    return this.#write('tree', () => decoded(base, (tree) => changedTree(tree, changes), bytes));
  }

  writeCommit(commit: CommitObject): Promise<ObjectId> {
    return this.#write('commit', () => encodeCommit(commit));
  }

  writeTag(tag: TagObject): Promise<ObjectId> {
    return this.#write('tag', () => encodeTag(tag));
  }

  /** A tree as another program may have written it: also links, submodules and names that are refused in ours. */
  writeForeignTree(entries: readonly TreeEntry[]): ObjectId {
    return this.#keep('tree', encodeForeignTree(entries));
  }

  /**
   * A blob that stays where it is until it is asked for.
   * @param read answers the content that has this id.
   */
  referToBlob(oid: ObjectId, read: () => Promise<Uint8Array>): void {
    if (!this.#objects.has(oid)) this.#objects.set(oid, { type: 'blob', bytes: read });
  }

  async #write(type: ObjectType, encode: () => Uint8Array): Promise<ObjectId> {
    return Promise.resolve(this.#keep(type, encode())); // what encoding refuses with is a rejection
  }

  #keep(type: ObjectType, content: Uint8Array): ObjectId {
    const oid = objectIdOf(type, content);
    // A copy: what the caller does with its bytes later must not change the object.
    const bytes = Promise.resolve(Uint8Array.from(content));
    if (!this.#objects.has(oid)) this.#objects.set(oid, { type, bytes: () => bytes });
    return oid;
  }

  async #read(oid: ObjectId, type: ObjectType): Promise<Buffer> {
    const found = this.#objects.get(oid);
    if (found === undefined) throw new ObjectMissing(oid);
    if (found.type !== type)
      throw new ObjectMissing(oid, { cause: new TypeError(`It is a ${found.type}, not a ${type}.`) });
    const { buffer, byteOffset, byteLength } = await found.bytes();
    return Buffer.from(buffer, byteOffset, byteLength);
  }
}
