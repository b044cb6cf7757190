/** Descriptions of fields that several inputs share. */
export const IDEMPOTENCY_KEY =
  'Your own id of this command, for example a UUID. Sent again with the same input it answers as the first time and does nothing twice.';

export const EXPECTED_HEAD =
  'The `head` you looked at. When somebody saved meanwhile the command is refused with `DRAFT_CONFLICT`; without it the last save of a file wins.';

export const PLAN =
  'Id of the plan you looked at. When something else would happen now, the move is refused with `PLAN_OUTDATED`.';

export const REASON =
  'Why production changes: one line, at most 500 characters. Stands in the event and in the Git commit.';

export const OVERRIDE =
  'Blockers to lift knowingly: `DEPENDENCY_NOT_ACTIVE` or `REQUIRED_BY_ACTIVE_RELEASE`. Recorded in the event and in the Git commit.';
