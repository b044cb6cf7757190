import { GIT_MISSING } from '../transfer';

/** What a verification compares, in the order in which it is told. */
export const CHECKS = ['chain', 'commits', 'trees', 'pointer', 'readModels', 'objects'] as const;
export type CheckName = (typeof CHECKS)[number];

/** One thing that is not what the log predicts. */
export interface Difference {
  /** One sentence for people. */
  readonly what: string;
  /** `STREAM@REVISION` of the event it belongs to; null when it belongs to none. */
  readonly event: string | null;
  /** What the log predicts; null when it predicts nothing there. */
  readonly expected: string | null;
  /** What is there; null when nothing is. */
  readonly found: string | null;
}

/** How one check ended. */
export interface CheckResult<Name extends string = CheckName> {
  readonly check: Name;
  /** True when all of it was checked and nothing differs. */
  readonly passed: boolean;
  /** How many things were compared. */
  readonly compared: number;
  /** The first difference; null when none was found. */
  readonly difference: Difference | null;
  /** Why it, or the rest of it, could not be checked; null when all of it was. */
  readonly unchecked: string | null;
}

/** Whether all that stands between a check and its proof is that there is no `git` program here. */
export function lacksGitAlone({ difference, unchecked }: Pick<CheckResult, 'difference' | 'unchecked'>): boolean {
  return difference === null && unchecked !== null && unchecked.startsWith(GIT_MISSING);
}

/** The result of a check from what it saw. */
export function checkResult<Name extends string>(
  check: Name,
  seen: { readonly compared: number; readonly difference: Difference | null; readonly unchecked: string | null },
): CheckResult<Name> {
  const { compared, difference, unchecked } = seen;
  return { check, passed: difference === null && unchecked === null, compared, difference, unchecked };
}

/** `STREAM@REVISION`. */
export function placeOf({ stream, revision }: { readonly stream: string; readonly revision: number }): string {
  return `${stream}@${String(revision)}`;
}

/** The words of a failure. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && !error.message.includes(cause.message)
    ? `${error.message} (${cause.message})`
    : error.message;
}
