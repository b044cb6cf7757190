import { Unavailable } from '../../domain';
import {
  ContentAwaited,
  type DraftRepository,
  DraftUnreadable,
  type GitObjects,
  type GitRepository,
  RefUnreadable,
  TransferFailed,
} from '../../git';

/**
 * The repository, with a branch or tag that cannot be read, and content that is still on its way from another node, as the refusal it
 * is to callers: nothing can be said about it.
 */
export function availableRepository({ objects, refs }: GitRepository): GitRepository {
  return {
    objects: {
      ...bound(objects),
      readBlob: (oid) => translated(objects.readBlob(oid)),
      readTree: (oid) => translated(objects.readTree(oid)),
      readCommit: (oid) => translated(objects.readCommit(oid)),
      readTag: (oid) => translated(objects.readTag(oid)),
      changeTree: (base, changes) => translated(objects.changeTree(base, changes)),
    },
    refs: {
      read: (ref) => translated(refs.read(ref)),
      list: (prefix) => translated(refs.list(prefix)),
      compareAndSet: (ref, expected, next) => translated(refs.compareAndSet(ref, expected, next)),
    },
  };
}

/** The drafts, with one that cannot be read as the refusal it is to callers. */
export function availableDrafts(drafts: DraftRepository): DraftRepository {
  return {
    start: (command) => translated(drafts.start(command)),
    list: () => translated(drafts.list()),
    ids: () => translated(drafts.ids()),
    knownIds: () => translated(drafts.knownIds()),
    get: (draft) => translated(drafts.get(draft)),
    save: (command) => translated(drafts.save(command)),
    discard: (command) => translated(drafts.discard(command)),
    hold: (draft) => translated(drafts.hold(draft)),
    abandon: (draft) => translated(drafts.abandon(draft)),
    end: (draft, lockedTree) => translated(drafts.end(draft, lockedTree)),
    leftBranches: () => translated(drafts.leftBranches()),
  };
}

function bound(objects: GitObjects): Pick<GitObjects, 'has' | 'writeBlob' | 'writeTree' | 'writeCommit' | 'writeTag'> {
  return {
    has: (oid) => objects.has(oid),
    writeBlob: (content) => objects.writeBlob(content),
    writeTree: (entries) => objects.writeTree(entries),
    writeCommit: (commit) => objects.writeCommit(commit),
    writeTag: (tag) => objects.writeTag(tag),
  };
}

const PASSING = [ContentAwaited, DraftUnreadable, RefUnreadable, TransferFailed];

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error) || !PASSING.some((kind) => error instanceof kind)) throw error;
    throw new Unavailable(`${error.message} Try again; if it stays so, an operator has to look.`, {}, { cause: error });
  }
}
