import { type PackageId } from './package-id';
import { type Severity } from './report';
import { type Version } from './version';

/** What can be irregular in a history that was written without Slipway. The ids are stable: stored findings name them. */
export type HistoryRule =
  | 'release-edited-after-activation'
  | 'release-edited'
  | 'active-release-removed'
  | 'release-removed'
  | 'dangling-pointer'
  | 'pointer-file-unreadable'
  | 'pointer-file-removed'
  | 'pointer-file-late'
  | 'pointer-entry-ignored'
  | 'name-out-of-grammar'
  | 'unfit-content'
  | 'date-out-of-order'
  | 'history-cut-off';

/** How grave each is: an error when what production read, or what a version stands for, was not what the history says. */
export const HISTORY_RULES: Readonly<Record<HistoryRule, Exclude<Severity, 'INFO'>>> = {
  'release-edited-after-activation': 'ERROR',
  'release-edited': 'WARNING',
  'active-release-removed': 'ERROR',
  'release-removed': 'WARNING',
  'dangling-pointer': 'ERROR',
  'pointer-file-unreadable': 'ERROR',
  'pointer-file-removed': 'ERROR',
  'pointer-file-late': 'WARNING',
  'pointer-entry-ignored': 'WARNING',
  'name-out-of-grammar': 'WARNING',
  'unfit-content': 'WARNING',
  'date-out-of-order': 'WARNING',
  'history-cut-off': 'WARNING',
};

/** One irregularity of a history (stored with `HistoryFindings`). Every text is safe on one line, whoever wrote what it quotes. */
export interface HistoryFinding {
  readonly rule: HistoryRule;
  readonly severity: Exclude<Severity, 'INFO'>;
  readonly message: string;
  /** Commit in which it begins. */
  readonly commit: string;
  /** Committer date of that commit; ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** Where it ended; null for what happened in one commit and for what still is so. */
  readonly until: { readonly commit: string; readonly at: string } | null;
  readonly package: PackageId | null;
  readonly version: Version | null;
  /** Relative to the repository root. */
  readonly path: string | null;
}
