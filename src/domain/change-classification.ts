import { CHANGE_TYPES, type ChangeType } from './version';

/** One thing that differs from the base release, and the change type it needs. */
export interface ChangeReason {
  readonly changeType: ChangeType;
  /** Stable id of the rule that says so, for example `schema-property-removed`. */
  readonly rule: string;
  /** The file, relative to the release directory; null when it is about the release as a whole. */
  readonly path: string | null;
  /** JSON pointer (RFC 6901) into the file as it is now, or as it was where the place is gone. */
  readonly pointer: string | null;
  /** What differs, in plain words. */
  readonly message: string;
  /** A JSON document that the schema accepted before and refuses now. Only where one was made and checked. */
  readonly example?: unknown;
}

/** What the content of a release needs as its change type, compared with the release it builds on. */
export interface ChangeClassification {
  /** The largest of the reasons, also of those that the list leaves out; null when nothing differs but the version. */
  readonly required: ChangeType | null;
  /** Largest change first, then by path, pointer and rule. */
  readonly reasons: readonly ChangeReason[];
}

/** True when a release declared as `declared` may hold a change that needs `required`: a larger declaration is allowed. */
export function coversChange(declared: ChangeType, required: ChangeType | null): boolean {
  return required === null || rankOf(declared) <= rankOf(required);
}

/** The larger of two change types, null being none. */
export function largerChange(a: ChangeType | null, b: ChangeType | null): ChangeType | null {
  if (a === null || b === null) return a ?? b;
  return rankOf(a) <= rankOf(b) ? a : b;
}

/** Puts larger changes first. */
export function compareChangeTypes(a: ChangeType, b: ChangeType): number {
  return rankOf(a) - rankOf(b);
}

function rankOf(changeType: ChangeType): number {
  return CHANGE_TYPES.indexOf(changeType);
}
