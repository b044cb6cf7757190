/** Git object id: 40 lower-case hex characters (SHA-1). */
export type ObjectId = string;

/** Modes that may stand in a tree of ours. Symbolic links and submodules are refused. */
export type EntryMode = '040000' | '100644' | '100755';

export interface TreeEntry {
  readonly name: string;
  readonly mode: EntryMode;
  readonly oid: ObjectId;
}

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
  /** Entries in Git's order. @throws ObjectMissing; UnsupportedTreeEntry for links and submodules. */
  readTree(oid: ObjectId): Promise<readonly TreeEntry[]>;
  /** @throws ObjectMissing */
  readCommit(oid: ObjectId): Promise<CommitObject>;
  /** @throws ObjectMissing */
  readTag(oid: ObjectId): Promise<TagObject>;
  has(oid: ObjectId): Promise<boolean>;
  writeBlob(content: Uint8Array): Promise<ObjectId>;
  /** @throws UnsafeTreeEntry for a name that must never stand in a tree (`.git` in any spelling, `..`, separators, control characters). */
  writeTree(entries: readonly TreeEntry[]): Promise<ObjectId>;
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

export const MAIN_REF = 'refs/heads/main';

/** Ref that keeps a draft commit alive for ever, named by its content: writing it twice or in vain does no harm. */
export function keepingRef(commit: ObjectId): string {
  return `refs/slipway/commits/${commit}`;
}

/** Branch that people fetch: the draft's commits. */
export function draftBranch(draft: string): string {
  return `refs/heads/draft/${draft}`;
}

/** Ref of a draft's work-in-progress commit. */
export function draftRef(draft: string): string {
  return `refs/slipway/drafts/${draft}`;
}
