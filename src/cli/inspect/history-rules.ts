import { HISTORY_RULES, type HistoryRule, type Severity } from '../../domain';

const DESCRIPTIONS: Readonly<Record<HistoryRule, string>> = {
  'release-edited-after-activation': 'A release that had been active got other content under the same version.',
  'release-edited': 'A release got other content under the same version before it was active.',
  'active-release-removed': 'The directory of a release was removed while the pointer named it.',
  'release-removed': 'The directory of a release that was not active was removed.',
  'dangling-pointer': 'The pointer named a release that had no directory.',
  'pointer-file-unreadable': 'The pointer file could not be read.',
  'pointer-file-removed': 'The pointer file was removed.',
  'pointer-file-late': 'The pointer file is younger than releases beside it.',
  'pointer-entry-ignored': 'A key of the pointer file named no release.',
  'name-out-of-grammar': 'A directory in the place of a release has an id or version that none can have.',
  'unfit-content': 'A directory in the place of a release held what no release may hold.',
  'date-out-of-order': 'A commit has an earlier date than the one before it.',
  'history-cut-off': 'The history does not reach back to its beginning.',
};

/** A rule about histories, as formats for other tools describe it. */
export interface HistoryRuleDescription {
  readonly id: HistoryRule;
  readonly severity: Severity;
  readonly description: string;
}

/** All rules about histories, by id. */
export const HISTORY_RULE_DESCRIPTIONS: readonly HistoryRuleDescription[] = Object.entries(DESCRIPTIONS)
  .map(([id, description]) => ({ id: id as HistoryRule, severity: HISTORY_RULES[id as HistoryRule], description }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));
