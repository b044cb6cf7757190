import { type ErrorCode } from '../../src/domain';

/** A dry run that was looked at: its id, and what it said would change. */
export interface LookedAt {
  readonly id: string;
  readonly changes: readonly string[];
}

interface Keyed {
  /** Idempotency key; null for none. */
  readonly key: string | null;
}
interface Moving extends Keyed {
  readonly reason: string;
  readonly plan: LookedAt | null;
}
interface Overriding extends Moving {
  readonly override: readonly ErrorCode[];
}

export interface StartDraft {
  readonly do: 'startDraft';
  readonly draft: string;
  readonly package: string;
  readonly create: boolean;
  readonly baseVersion: string | null;
}
/** Writes the prompt and, where `requires` is given, the manifest and everything else that a release needs. */
export interface SaveDraft {
  readonly do: 'saveDraft';
  readonly draft: string;
  /** Package of the draft: its files are made by it. */
  readonly package: string;
  readonly text: number;
  readonly requires: readonly string[] | null;
  /** Which head the caller saw: the one of now, or the one that the draft began with. */
  readonly head: 'any' | 'first';
}
export interface DiscardDraft {
  readonly do: 'discardDraft';
  readonly draft: string;
}
export interface AbandonDraft {
  readonly do: 'abandonDraft';
  readonly draft: string;
}
export interface CommitDraft extends Keyed {
  readonly do: 'commitDraft';
  readonly draft: string;
  readonly message: string;
  readonly changeType: 'MAJOR' | 'MINOR' | 'PATCH' | null;
  readonly version: string | null;
}
export interface StageRelease extends Keyed {
  readonly do: 'stageRelease';
  readonly package: string;
  readonly version: string;
  /** Which commit the caller saw: whatever stands there, or one that never did. */
  readonly commit: 'any' | 'other';
}
export interface TagRelease extends Keyed {
  readonly do: 'tagRelease';
  readonly package: string;
  readonly version: string;
  readonly message: string;
}
export interface Activate extends Moving {
  readonly do: 'activateReleases';
  readonly releases: readonly { readonly package: string; readonly version: string }[];
}
export interface Rollback extends Overriding {
  readonly do: 'rollback';
  readonly package: string;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
}
/** `move` is the revision of the move in its stream. */
export interface RollbackActivation extends Overriding {
  readonly do: 'rollbackActivation';
  readonly move: number;
}
export interface Deactivate extends Moving {
  readonly do: 'deactivate';
  readonly packages: readonly string[];
}
export type Move = Activate | Rollback | RollbackActivation | Deactivate;

/** What the move would do. */
export interface Plan {
  readonly do: 'plan';
  readonly of: Move;
}

/** One call of a use case, with everything that decides its answer. */
export type Operation =
  StartDraft | SaveDraft | DiscardDraft | AbandonDraft | CommitDraft | StageRelease | TagRelease | Move | Plan;

/** Operations that a client may send again under the same key. */
export type KeyedOperation = Extract<Operation, Keyed>;

export function isKeyed(operation: Operation): operation is KeyedOperation {
  return 'key' in operation;
}

/** What is compared of an answer: facts that the model can tell, and the code of a refusal with what stood in the way. */
export type Outcome =
  | { readonly done: Readonly<Record<string, unknown>> }
  | { readonly refused: string; readonly blockers?: readonly string[] };

/** The prompt of this text does not pass validation. */
export const TEXT_WITH_ERROR = 0;

/** Texts of the same words differ in punctuation alone. */
export function wordsOf(text: number | null): number {
  return text === null || text === TEXT_WITH_ERROR ? -1 : text % 3;
}

/** `alpha 1.0.0 -> 1.1.0`: one change of the pointer. */
export function changeText(change: {
  readonly package: string;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
}): string {
  return `${change.package} ${change.fromVersion ?? 'none'} -> ${change.toVersion ?? 'none'}`;
}

/** An operation in one line, without what it leaves out. */
export function show(operation: Operation): string {
  const { do: name, ...rest } = operation;
  const given = Object.entries(rest).filter(
    ([field, value]) => value !== null && value !== 'any' && field !== 'reason' && field !== 'message',
  );
  return `${name} ${JSON.stringify(Object.fromEntries(given)).replaceAll('"', '')}`;
}
