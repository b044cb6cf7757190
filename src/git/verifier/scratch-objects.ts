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
import { changedEntries, decodeWritten, encodeTree, encodeWritten, type WrittenEntry } from '../object-form/tree-form';
import { missing, type ObjectSource } from '../whole-objects';
import { RecentlyUsed } from './recently-used';

/** Of the objects that are remembered, their content and what was read from it. */
const REMEMBERED_BYTES = 32 * 1024 * 1024;

interface Remembered {
  readonly type: ObjectType;
  readonly bytes: Buffer;
  /** What the bytes say, once somebody has asked. */
  value: unknown;
}

/** A tree for readers and for whoever changes it. */
interface DecodedTree {
  readonly written: readonly WrittenEntry[];
  readonly entries: readonly TreeEntry[];
}

function treeOf(written: readonly WrittenEntry[]): DecodedTree {
  return { written, entries: written.map(({ entry }) => entry) };
}

/**
 * The objects of a repository and, over them, those that are computed from the log. Nothing is written: a computed object
 * is remembered for a while, and found in the repository afterwards if it was published. Whatever is read has its id.
 */
export class ScratchObjects implements GitObjects {
  readonly #stored: ObjectSource;
  readonly #remembered = new RecentlyUsed<ObjectId, Remembered>(REMEMBERED_BYTES);

  constructor(stored: ObjectSource) {
    this.#stored = stored;
  }

  async readBlob(oid: ObjectId): Promise<Uint8Array> {
    return (await this.#object(oid, 'blob')).bytes;
  }

  async readTree(oid: ObjectId): Promise<readonly TreeEntry[]> {
    return (await this.#tree(oid)).entries;
  }

  readCommit(oid: ObjectId): Promise<CommitObject> {
    return this.#value(oid, 'commit', decodeCommit);
  }

  readTag(oid: ObjectId): Promise<TagObject> {
    return this.#value(oid, 'tag', decodeTag);
  }

  async has(oid: ObjectId): Promise<boolean> {
    try {
      if (this.#remembered.get(oid) === undefined) await this.#stored.readWhole(oid);
      return true;
    } catch (error) {
      if (error instanceof ObjectMissing) return false;
      throw error;
    }
  }

  writeBlob(content: Uint8Array): Promise<ObjectId> {
    // The very bytes that were given, where they can be: what somebody knows of them stays known.
    return this.#write('blob', () =>
      Buffer.isBuffer(content) ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    );
  }

  writeTree(entries: readonly TreeEntry<ContentMode>[]): Promise<ObjectId> {
    return this.#write('tree', () => encodeTree(entries));
  }

  async changeTree(base: ObjectId, changes: TreeChanges): Promise<ObjectId> {
    const tree = treeOf(changedEntries((await this.#tree(base)).written, changes));
    return this.#write('tree', () => encodeWritten(tree.written), tree);
  }

  writeCommit(commit: CommitObject): Promise<ObjectId> {
    return this.#write('commit', () => encodeCommit(commit), commit);
  }

  writeTag(tag: TagObject): Promise<ObjectId> {
    return this.#write('tag', () => encodeTag(tag));
  }

  #tree(oid: ObjectId): Promise<DecodedTree> {
    return this.#value(oid, 'tree', (bytes) => treeOf(decodeWritten(bytes)));
  }

  async #write(type: ObjectType, encode: () => Buffer, value?: unknown): Promise<ObjectId> {
    const bytes = encode();
    const oid = objectIdOf(type, bytes);
    this.#remember(oid, { type, bytes, value });
    return Promise.resolve(oid); // what encoding refuses with is a rejection
  }

  async #value<T>(oid: ObjectId, type: ObjectType, decode: (bytes: Buffer) => T): Promise<T> {
    const object = await this.#object(oid, type);
    object.value ??= decoded(oid, decode, object.bytes);
    return object.value as T; // what objects of this type are decoded to
  }

  async #object(oid: ObjectId, type: ObjectType): Promise<Remembered> {
    let found = this.#remembered.get(oid);
    if (found === undefined) {
      found = { ...(await this.#stored.readWhole(oid)), value: undefined };
      this.#remember(oid, found);
    }
    if (found.type !== type) throw missing(oid, `It is a ${found.type}, not a ${type}.`);
    return found;
  }

  #remember(oid: ObjectId, object: Remembered): void {
    // The entries of a tree take many times the space of its bytes.
    const factor = object.type === 'tree' ? 15 : 1;
    this.#remembered.set(oid, object, 400 + object.bytes.byteLength * factor);
  }
}
