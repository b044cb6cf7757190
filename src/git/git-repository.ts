import { draftBranchName } from '../domain';

/** Git object id: 40 lower-case hex characters (SHA-1). */
export type ObjectId = string;

/** Modes that we write: directories and files. */
export type ContentMode = '040000' | '100644' | '100755';

/** What an entry is. A foreign tree may also hold symbolic links (120000) and submodules (160000); a submodule's id names no object here. */
export type EntryMode = ContentMode | '120000' | '160000';

export interface TreeEntry<Mode extends EntryMode = EntryMode> {
  /** Bytes of a foreign name that is not UTF-8 stand as lone surrogates, which no name that we write may hold. */
  readonly name: string;
  readonly mode: Mode;
  readonly oid: ObjectId;
}

/** What a name of a tree stands for. */
export type TreeItem<Mode extends EntryMode = EntryMode> = Pick<TreeEntry<Mode>, 'mode' | 'oid'>;

/** What becomes of names of a tree: set to a file or directory, or taken out (null). */
export type TreeChanges = ReadonlyMap<string, TreeItem<ContentMode> | null>;

/** Who and when of a commit or tag; always written at `+0000`. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** Whole seconds since the epoch. */
  readonly seconds: number;
}

export interface CommitObject {
  readonly tree: ObjectId;
  readonly parents: readonly ObjectId[];
  readonly author: Signature;
  readonly committer: Signature;
  /** Ends in exactly one newline. */
  readonly message: string;
}

export interface TagObject {
  readonly object: ObjectId;
  readonly tag: string;
  readonly tagger: Signature;
  readonly message: string;
}

/** Content-addressed objects. Writing the same object twice does no harm; a returned id is durable and was read back. */
export interface GitObjects {
  /** @throws ObjectMissing */
  readBlob(oid: ObjectId): Promise<Uint8Array>;
  /** Entries in Git's order, whatever stands in the tree. Modes that only old programs wrote are read as today's. @throws ObjectMissing */
  readTree(oid: ObjectId): Promise<readonly TreeEntry[]>;
  /** @throws ObjectMissing */
  readCommit(oid: ObjectId): Promise<CommitObject>;
  /** @throws ObjectMissing */
  readTag(oid: ObjectId): Promise<TagObject>;
  has(oid: ObjectId): Promise<boolean>;
  writeBlob(content: Uint8Array): Promise<ObjectId>;
  /**
   * A tree that is ours alone.
   * @throws UnsafeTreeEntry for a name that must never stand in a tree (`.git` in any spelling, `..`, separators, control
   *   characters) and for names that differ in case only.
   */
  writeTree(entries: readonly TreeEntry<ContentMode>[]): Promise<ObjectId>;
  /**
   * A tree that differs from a base in the named entries only. All others stay byte for byte, also those whose names and
   * modes we would not write.
   * @throws ObjectMissing; UnsafeTreeEntry, as `writeTree`, for a name that the base does not hold.
   */
  changeTree(base: ObjectId, changes: TreeChanges): Promise<ObjectId>;
  writeCommit(commit: CommitObject): Promise<ObjectId>;
  writeTag(tag: TagObject): Promise<ObjectId>;
}

/** Names that point at objects. The only mutable thing of a repository. */
export interface GitRefs {
  /** Null only when the ref does not exist. @throws RefUnreadable for an empty or damaged ref, never treated as missing. */
  read(ref: string): Promise<ObjectId | null>;
  /** Refs below a prefix (`refs/heads/draft/`), sorted by name. */
  list(prefix: string): Promise<readonly { readonly ref: string; readonly oid: ObjectId }[]>;
  /**
   * Moves (`next` an id), creates (`expected` null) or deletes (`next` null) a ref, durably.
   * @throws RefConflict when the ref does not stand at `expected`; nothing is written.
   */
  compareAndSet(ref: string, expected: ObjectId | null, next: ObjectId | null): Promise<void>;
}

/** A bare repository that this process alone writes. */
export interface GitRepository {
  readonly objects: GitObjects;
  readonly refs: GitRefs;
}

/** A repository that is read as it stands, beside whoever writes it. */
export interface GitReading {
  readonly objects: Pick<GitObjects, 'readBlob' | 'readTree' | 'readCommit' | 'readTag' | 'has'>;
  readonly refs: Pick<GitRefs, 'read' | 'list'>;
}

export const MAIN_REF = 'refs/heads/main';

/** Ref that keeps a draft commit alive for ever, named by its content: writing it twice or in vain does no harm. */
export function keepingRef(commit: ObjectId): string {
  return `refs/slipway/commits/${commit}`;
}

/** Ref that keeps a foreign commit or tag that was found where it did not belong, for ever. */
export function quarantineRef(found: ObjectId): string {
  return `refs/slipway/quarantine/${found}`;
}

/** Branch that people fetch: the draft's commits. */
export function draftBranch(draft: string): string {
  return `refs/heads/${draftBranchName(draft)}`;
}

/** Ref of a draft's work-in-progress commit. */
export function draftRef(draft: string): string {
  return `refs/slipway/drafts/${draft}`;
}
