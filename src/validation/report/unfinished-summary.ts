import { LIMITS } from '../limits';
import { CHECKS, UNFINISHED_RULES } from '../rules';
import { rule as limitExceeded } from '../rules/schema-validity/limit-exceeded.rule';
import { type ContentFile } from '../validation-engine';
import { type FindingSummary } from './finding-summary';
import { type FoundByRule, summariseFindings } from './summarise-findings';

/** What stands in a report whose checks came to no end: one error, and no check passed. */
export function unfinishedSummary(why: keyof typeof UNFINISHED_RULES): FindingSummary {
  const message = {
    crashed: 'The validator ended on this content, so nothing is known of it: make the files simpler.',
    memory: 'The validator ran out of memory on this content, so nothing is known of it: make the files simpler.',
    timeout: 'The validator did not finish in time on this content, so nothing is known of it: make the files simpler.',
  }[why];
  return summarise(UNFINISHED_RULES[why], message);
}

/** The summary of a release that is too large to be looked at; null when it is not. */
export function refusedBeforeReading(files: readonly ContentFile[]): FindingSummary | null {
  if (files.length > LIMITS.files)
    return summarise(limitExceeded, `The release has ${files.length} files. Keep it to ${LIMITS.files}.`);
  const bytes = files.reduce((total, file) => total + file.bytes.byteLength, 0);
  if (bytes > LIMITS.totalBytes)
    return summarise(
      limitExceeded,
      `The release has ${bytes} bytes. Keep it to ${LIMITS.totalBytes / 1024 / 1024} MiB.`,
    );
  return null;
}

function summarise(rule: FoundByRule['rule'], message: string): FindingSummary {
  const finding = { message, path: null, pointer: null, line: null, column: null, value: null };
  return summariseFindings([{ rule, finding }], CHECKS);
}
