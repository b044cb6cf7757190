import { type Finding, type ValidationCheck, type ValidationReport } from '../../domain';
import { canonicalDigest, canonicalText } from '../canonical-digest';
import { type FindingSummary } from './finding-summary';

/** At most this many bytes of RFC 8785 a report may have: it is stored inside an event. */
const MAX_REPORT_BYTES = 700_000;

export interface ReportFacts {
  readonly checks: readonly ValidationCheck[];
  readonly summary: FindingSummary;
  readonly tree: string;
  readonly validatedAt: string;
  readonly rulesetDigest: string;
  readonly mapDigest: string;
}

/** The report of one tree. Its digest is a function of everything but `validatedAt`. */
export function buildReport(facts: ReportFacts): ValidationReport {
  const { summary, tree, validatedAt, rulesetDigest, mapDigest } = facts;
  const checks = facts.checks.map((check) => {
    const { errors, warnings } = summary.counts[check] ?? { errors: 0, warnings: 0 };
    const passed = errors === 0 && !summary.unfinished.includes(check);
    return { check, passed, errorCount: errors, warningCount: warnings };
  });
  const withoutFindings = {
    valid: checks.every(({ passed }) => passed),
    rulesetDigest,
    mapDigest,
    checks,
    errorCount: sum(checks.map(({ errorCount }) => errorCount)),
    warningCount: sum(checks.map(({ warningCount }) => warningCount)),
  };
  const dated = { ...withoutFindings, validatedAt, digest: '0'.repeat(64), findings: [], omitted: summary.total };
  const findings = withinBytes(summary.findings, MAX_REPORT_BYTES - bytesOf(dated));
  const report = { ...withoutFindings, findings, omitted: summary.total - findings.length };
  return { ...report, validatedAt, digest: canonicalDigest({ tree, report }) };
}

/** The longest beginning of the list that fits; each finding is followed by a comma at most. */
function withinBytes(findings: readonly Finding[], bytes: number): readonly Finding[] {
  let left = bytes;
  const tooMany = findings.findIndex((finding) => (left -= bytesOf(finding) + 1) < 0);
  return tooMany < 0 ? findings : findings.slice(0, tooMany);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(canonicalText(value), 'utf8');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
