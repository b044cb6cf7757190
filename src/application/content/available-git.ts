import { Unavailable } from '../../domain';
import { type DraftRepository, DraftUnreadable, type GitRepository, RefUnreadable } from '../../git';

/** The repository, with a branch or tag that cannot be read as the refusal it is to callers: nothing can be said about it. */
export function availableRepository({ objects, refs }: GitRepository): GitRepository {
  return {
    objects,
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
    get: (draft) => translated(drafts.get(draft)),
    save: (command) => translated(drafts.save(command)),
    discard: (command) => translated(drafts.discard(command)),
    abandon: (draft) => translated(drafts.abandon(draft)),
    end: (draft, lockedTree) => translated(drafts.end(draft, lockedTree)),
    leftBranches: () => translated(drafts.leftBranches()),
  };
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof RefUnreadable || error instanceof DraftUnreadable)) throw error;
    throw new Unavailable(`${error.message} Try again; if it stays so, an operator has to look.`, {}, { cause: error });
  }
}
