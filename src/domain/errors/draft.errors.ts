import { DomainError } from './domain-error';

export class DraftNotFound extends DomainError {
  readonly code = 'DRAFT_NOT_FOUND';
  constructor(draft: string) {
    super(`There is no draft ${draft}. Query drafts to see what exists, or start one.`, { draft });
  }
}

/** The draft lives on another node, which alone changes it. `address` is null where the node did not say its own. */
export class DraftElsewhere extends DomainError {
  readonly code = 'DRAFT_ELSEWHERE';
  constructor(draft: string, address: string | null) {
    const where = address === null ? 'another node' : `another node: ${address}`;
    super(`Draft ${draft} lives on ${where}. Ask there.`, { draft, address });
  }
}

/** The draft is not where the caller believed it to be. `paths` are the files that changed since `expectedHead`. */
export class DraftConflict extends DomainError {
  readonly code = 'DRAFT_CONFLICT';
  constructor(conflict: {
    readonly draft: string;
    readonly expectedHead: string;
    readonly actualHead: string;
    readonly paths: readonly string[];
  }) {
    super(
      `Draft ${conflict.draft} was saved by somebody else and is now at ${conflict.actualHead}. ` +
        'Read it again, bring your changes in and save with the new head.',
      { ...conflict },
    );
  }
}

export class NothingToCommit extends DomainError {
  readonly code = 'NOTHING_TO_COMMIT';
  constructor(draft: string) {
    super(`Draft ${draft} holds no change against its base and its last commit. Save a change first.`, { draft });
  }
}
