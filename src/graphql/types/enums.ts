import { registerEnumType } from 'type-graphql';

/** Registers a GraphQL enum, whose values are their own names, from the values' descriptions. */
function enumOf<Name extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Name, string>>,
): { readonly [N in Name]: N } {
  const entries = Object.entries<string>(values);
  const names = Object.fromEntries(entries.map(([value]) => [value, value]));
  const valuesConfig = Object.fromEntries(entries.map(([value, text]) => [value, { description: text }]));
  registerEnumType(names, { name, description, valuesConfig });
  return names as { [N in Name]: N }; // each name was just mapped to itself
}

export const ReleaseState = enumOf(
  'ReleaseState',
  'Where a release stands on its way to production. What is still being edited is a `Draft`, not a `Release`.',
  {
    COMMITTED:
      'Committed from a draft under a version and not staged yet: its draft may commit it again. Also an adopted release that is not active: locked, and staged before it can be activated.',
    STAGED: 'Passed validation, landed on `main`, locked by digest: ready to be activated.',
    RELEASED: 'The active pointer names it: this is what production reads.',
    SUPERSEDED: 'Was in production; the pointer has moved on, or back. It can be activated again.',
  },
);
export type ReleaseState = keyof typeof ReleaseState;

export const ChangeType = enumOf(
  'ChangeType',
  'How much a release changes for those who use it; decides which part of the version is raised.',
  {
    MAJOR: 'Breaks what worked: a field removed, a type narrowed, a new required input.',
    MINOR: 'Adds, and breaks nothing: an optional field, a new section.',
    PATCH: 'Wording, descriptions, formatting: no new capability.',
  },
);
export type ChangeType = keyof typeof ChangeType;

export const Severity = enumOf('Severity', 'How serious a finding is.', {
  ERROR: 'Blocks staging until it is mended.',
  WARNING: 'Should be looked at; blocks nothing.',
  INFO: 'Worth knowing.',
});
export type Severity = keyof typeof Severity;

export const FileChange = enumOf('FileChange', 'What happened to a file.', {
  ADDED: 'It did not exist before.',
  MODIFIED: 'Its content is different.',
  REMOVED: 'It does not exist any more.',
});
export type FileChange = keyof typeof FileChange;

export const ActivationAction = enumOf('ActivationAction', 'Why the active pointer moved.', {
  ADOPTED: 'Taken over with the repository: it was the pointer when Slipway began.',
  ACTIVATED: 'Releases were put into production.',
  ROLLED_BACK: 'Production was moved back to an earlier release.',
  DEACTIVATED: 'Packages were taken out of production.',
});
export type ActivationAction = keyof typeof ActivationAction;

export const AuditAction = enumOf('AuditAction', 'What was done, as the audit log names it.', {
  ADOPTED: 'A release, a pointer entry or the repository itself was taken over from what existed before.',
  COMMITTED: 'A draft was committed as a release.',
  VALIDATION_FAILED: 'A release was to be staged and did not pass validation.',
  STAGED: 'A release passed validation and was locked.',
  ACTIVATED: 'A release was put into production.',
  ROLLED_BACK: 'Production was moved back to an earlier release.',
  DEACTIVATED: 'A package was taken out of production.',
  TAGGED: 'A release was given a Git tag.',
  DRIFT_RESOLVED: 'A ref that was not what the log predicts was healed, quarantined or adopted by an operator.',
});
export type AuditAction = keyof typeof AuditAction;

export const ValidationCheck = enumOf(
  'ValidationCheck',
  'The kinds of checks a staging makes. A report lists those that this server has; a release passes them all or is not staged.',
  {
    SCHEMA_VALIDITY: 'Schemas are JSON, valid against their meta-schema, and compile.',
    REFERENCE_RESOLUTION: 'Everything the package names exists: artifacts, references, pointers into its schema.',
    CROSS_PACKAGE_DEPENDENCIES:
      'Required inputs are, or can be, active; no circles; no reference to an unknown release.',
    PROMPT_SCHEMA_ALIGNMENT: 'What the prompts ask for is what the output schema allows.',
    AUTHORITY_LEVEL: 'Packages with authority carry the clarification context that their level needs.',
    GOVERNANCE_GUARDRAILS: 'No prohibited patterns, no secrets, no damaged text.',
  },
);
export type ValidationCheck = keyof typeof ValidationCheck;

export const ErrorCode = enumOf(
  'ErrorCode',
  'Stable codes of everything that can be refused: `extensions.code` of an error, and the blockers and warnings of a plan.',
  {
    UNAUTHENTICATED: 'No token was sent, or it is not valid. Sign in.',
    FORBIDDEN: 'The signed-in actor lacks the permission named in `extensions.permission`.',
    BAD_USER_INPUT: 'A value of the input is malformed; `extensions.field` names it.',
    PACKAGE_NOT_FOUND: 'There is no such package.',
    RELEASE_NOT_FOUND: 'The package has no release of this version.',
    DRAFT_NOT_FOUND: 'There is no such draft.',
    DRAFT_ELSEWHERE: 'The draft lives on another node, whose address is given.',
    DRAFT_CONFLICT: 'The draft was saved by somebody else meanwhile: see `expectedHead`, `actualHead` and `paths`.',
    MESSAGE_REQUIRED: 'A commit needs a message.',
    REASON_REQUIRED: 'A move of the pointer needs a reason.',
    NOTHING_TO_COMMIT: 'The draft holds no change.',
    CHANGE_TYPE_TOO_SMALL: 'The content needs a bigger change type than was declared; the reasons are given.',
    VERSION_TAKEN: 'Another draft that still exists has committed this version.',
    RELEASE_LOCKED: 'The release is staged, released, superseded or adopted: its content never changes again.',
    RELEASE_CHANGED: 'The release was committed again since you looked at it.',
    RELEASE_NOT_STAGED: 'The release has not passed staging yet.',
    PRERELEASE_NOT_ACTIVATABLE: 'A pre-release can be staged, never activated.',
    ALREADY_ACTIVE: 'This very release is active already.',
    NOT_ACTIVE: 'The package has no active release.',
    NOT_PREVIOUSLY_ACTIVE: 'The version was never in production, so it cannot be rolled back to.',
    DEPENDENCY_NOT_ACTIVE: 'A required package would have no active release.',
    REQUIRED_BY_ACTIVE_RELEASE: 'An active release requires this package.',
    CONTENT_CHANGED: 'The stored content is not what was validated. Never overridden.',
    PLAN_OUTDATED: 'What would happen now differs from the plan that was looked at.',
    IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used before for another input.',
    CONCURRENT_CHANGE: 'Somebody else changed the same thing at the same moment. Read it again and decide again.',
    POSITION_UNKNOWN: 'The position belongs to another log or lies ahead of this one. Read the state again.',
    OUT_OF_HISTORY:
      'The moment lies before the first event, or before the first commit of an adopted history; `extensions.earliest` names the earliest one.',
    UNAVAILABLE: 'The system cannot answer right now; the same call may succeed later.',
    NOT_BASED_ON_ACTIVE: 'As a warning: activating would undo a release that is active.',
    RULES_CHANGED_SINCE_STAGING:
      'As a warning of a plan: the release was staged under other validation rules than those in force now.',
    PINNED_VERSION_NOT_ACTIVE:
      'As a warning of a plan: a workflow or an operation that would be active refers to a version that would not be.',
    PINNED_VERSIONS_UNKNOWN:
      'As a warning of a plan: which versions a workflow or an operation refers to could not be read, so they were not compared.',
    DRIFT_NOT_FOUND: 'Nothing of what was named differs from what the log predicts.',
    DRIFT_NOT_RESOLVABLE:
      'The remedy cannot be applied to this drift; `extensions.reasons` says what stands against it.',
    INTERNAL: 'Something unforeseen; `extensions.correlationId` finds it in the log of the server.',
  },
);
export type ErrorCode = keyof typeof ErrorCode;

export const DriftPlace = enumOf('DriftPlace', 'Where a ref was found to differ from what the event log predicts.', {
  LOCAL: 'In the repository of this server.',
  REMOTE: 'On the remote that this server pushes to.',
});
export type DriftPlace = keyof typeof DriftPlace;

export const DriftKind = enumOf('DriftKind', 'What happened to a ref that somebody else than Slipway moved.', {
  FOREIGN_COMMITS: 'Commits that no event made stand on top of what the log predicts.',
  POINTER_EDITED:
    'As `FOREIGN_COMMITS`, and at least one of them touches the pointer file: what production reads differs.',
  REWOUND: 'It stands at an earlier commit of its own history.',
  REWRITTEN: 'It stands at a commit that does not build on what the log predicts.',
  DELETED: 'It is gone.',
  TAG_MOVED: 'The tag of a release stands for something else.',
});
export type DriftKind = keyof typeof DriftKind;

export const DriftRemedy = enumOf('DriftRemedy', 'What an operator can do about a drift. None of them forces a push.', {
  HEAL: 'Put the ref back to what the log predicts. What was found there stays kept in the repository.',
  ADOPT:
    'Make the foreign commits part of the history: their releases and changes of the pointer become events. Refused where they changed or removed the content of a locked release.',
  QUARANTINE: 'As `HEAL`, and leave the foreign work on a branch `quarantine/…` that can be fetched.',
});
export type DriftRemedy = keyof typeof DriftRemedy;

export const DriftTransition = enumOf('DriftTransition', 'What became of a drift.', {
  BEGAN: 'A ref is not what the log predicts any more.',
  CHANGED: 'The ref was moved again and still is not.',
  ENDED: 'The ref is what the log predicts again, or the log was told to take over what was found.',
});
export type DriftTransition = keyof typeof DriftTransition;
