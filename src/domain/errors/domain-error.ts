/** Every code a refusal can carry. Part of the API contract: stable, never reused for another meaning. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'PACKAGE_NOT_FOUND'
  | 'RELEASE_NOT_FOUND'
  | 'DRAFT_NOT_FOUND'
  | 'DRAFT_ELSEWHERE'
  | 'DRAFT_CONFLICT'
  | 'MESSAGE_REQUIRED'
  | 'REASON_REQUIRED'
  | 'NOTHING_TO_COMMIT'
  | 'CHANGE_TYPE_TOO_SMALL'
  | 'VERSION_TAKEN'
  | 'RELEASE_LOCKED'
  | 'RELEASE_CHANGED'
  | 'RELEASE_NOT_STAGED'
  | 'PRERELEASE_NOT_ACTIVATABLE'
  | 'ALREADY_ACTIVE'
  | 'NOT_ACTIVE'
  | 'NOT_PREVIOUSLY_ACTIVE'
  | 'DEPENDENCY_NOT_ACTIVE'
  | 'REQUIRED_BY_ACTIVE_RELEASE'
  | 'CONTENT_CHANGED'
  | 'PLAN_OUTDATED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'CONCURRENT_CHANGE'
  | 'POSITION_UNKNOWN'
  | 'OUT_OF_HISTORY'
  | 'UNAVAILABLE'
  | 'NOT_BASED_ON_ACTIVE'
  | 'RULES_CHANGED_SINCE_STAGING'
  | 'PINNED_VERSION_NOT_ACTIVE'
  | 'PINNED_VERSIONS_UNKNOWN'
  | 'DRIFT_NOT_FOUND'
  | 'DRIFT_NOT_RESOLVABLE'
  | 'INTERNAL';

/** A refusal. The message is built from the data and says what to do; nothing was written. */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;

  constructor(
    message: string,
    /** Facts for programs, JSON-serialisable; published beside the code. */
    readonly data: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
