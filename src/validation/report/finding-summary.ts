import { type Finding, type ValidationCheck } from '../../domain';

/** At most this many findings stand in a report; the counts stay exact. */
export const MAX_FINDINGS = 500;

/** All that was found, counted, and as many findings as a report may hold, in the order of a report. */
export interface FindingSummary {
  readonly findings: readonly Finding[];
  /** Number of all findings. */
  readonly total: number;
  readonly counts: Readonly<Partial<Record<ValidationCheck, { readonly errors: number; readonly warnings: number }>>>;
  /** Checks that did not come to their end: not passed, whatever was found. */
  readonly unfinished: readonly ValidationCheck[];
}
