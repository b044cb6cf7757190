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

/** Of the trees that may be changed next, what was read from them. */
const TREES_BYTES = 16 * 1024 * 1024;
/** Of everything else, which is asked for soon or not at all. */
const PASSING_BYTES = 2 * 1024 * 1024;

/** What an object takes besides its bytes; what an entry of a tree takes once it is decoded, and where another tree has it too. */
const OBJECT_BYTES = 400;
const ENTRY_BYTES = 200;
const SHARED_ENTRY_BYTES = 16;
const SHORTEST_ENTRY = 30;

/** An object by its bytes or, once somebody has asked what they say, by that alone. */
interface Remembered {
  readonly type: ObjectType;
  content: { readonly bytes: Buffer } | { readonly value: unknown };
}

/**
 * The objects of a repository and, over them, those that are computed from the log. Nothing is written: a computed object
 * is remembered for a while, and found in the repository afterwards if it was published. Whatever is read has its id.
 */
export class ScratchObjects implements GitObjects {
  readonly #stored: ObjectSource;
  readonly #trees = new RecentlyUsed<ObjectId, Remembered>(TREES_BYTES);
  readonly #passing = new RecentlyUsed<ObjectId, Remembered>(PASSING_BYTES);

  constructor(stored: ObjectSource) {
    this.#stored = stored;
  }

  async readBlob(oid: ObjectId): Promise<Uint8Array> {
    const { content } = await this.#object(oid, 'blob');
    if ('bytes' in content) return content.bytes;
    throw new TypeError(`Blob ${oid} is remembered without its bytes.`); // of no blob is anything else remembered
  }

  readTree(oid: ObjectId): Promise<readonly TreeEntry[]> {
    return this.#tree(oid);
  }

  readCommit(oid: ObjectId): Promise<CommitObject> {
    return this.#value(oid, 'commit', decodeCommit);
  }

  readTag(oid: ObjectId): Promise<TagObject> {
    return this.#value(oid, 'tag', decodeTag);
  }

  async has(oid: ObjectId): Promise<boolean> {
    try {
      if (this.#known(oid) === undefined) await this.#stored.readWhole(oid);
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
    const before = await this.#tree(base);
    const after = changedEntries(before, changes);
    const changed = await this.#write('tree', () => encodeWritten(after), after);
    if (changed !== base) this.#supersede(base, before.length);
    return changed;
  }

  writeCommit(commit: CommitObject): Promise<ObjectId> {
    return this.#write('commit', () => encodeCommit(commit), commit);
  }

  writeTag(tag: TagObject): Promise<ObjectId> {
    return this.#write('tag', () => encodeTag(tag));
  }

  #tree(oid: ObjectId): Promise<readonly WrittenEntry[]> {
    return this.#value(oid, 'tree', decodeWritten);
  }

  async #write(type: ObjectType, encode: () => Buffer, value?: unknown): Promise<ObjectId> {
    const bytes = encode();
    const oid = objectIdOf(type, bytes);
    this.#remember(oid, { type, content: value === undefined ? { bytes } : { value } }, bytes.byteLength);
    return Promise.resolve(oid); // what encoding refuses with is a rejection
  }

  async #value<T>(oid: ObjectId, type: ObjectType, decode: (bytes: Buffer) => T): Promise<T> {
    const object = await this.#object(oid, type);
    if ('bytes' in object.content) object.content = { value: decoded(oid, decode, object.content.bytes) };
    return object.content.value as T; // what objects of this type are decoded to
  }

  async #object(oid: ObjectId, type: ObjectType): Promise<Remembered> {
    let found = this.#known(oid);
    if (found === undefined) {
      const { type: kind, bytes } = await this.#stored.readWhole(oid);
      found = { type: kind, content: { bytes } };
      this.#remember(oid, found, bytes.byteLength);
    }
    if (found.type !== type) throw missing(oid, `It is a ${found.type}, not a ${type}.`);
    return found;
  }

  #known(oid: ObjectId): Remembered | undefined {
    return this.#trees.get(oid) ?? this.#passing.get(oid);
  }

  #remember(oid: ObjectId, object: Remembered, bytes: number): void {
    if (object.type !== 'tree') this.#passing.set(oid, object, OBJECT_BYTES + bytes);
    else this.#trees.set(oid, object, OBJECT_BYTES + (bytes / SHORTEST_ENTRY) * ENTRY_BYTES);
  }

  /** The tree that was made from it has its entries, and is the one to be changed next. */
  #supersede(oid: ObjectId, entries: number): void {
    const tree = this.#trees.get(oid);
    if (tree === undefined) return;
    this.#trees.delete(oid);
    this.#passing.set(oid, tree, OBJECT_BYTES + entries * SHARED_ENTRY_BYTES);
  }
}
