import { createHash } from 'node:crypto';
import { type Finding, inOneLine, type Severity, VALIDATION_CHECKS, type ValidationCheck } from '../../domain';
import { canonicalDigest, canonicalText } from '../canonical-digest';
import { type RuleFinding } from '../rules/rule';
import { withoutSecrets } from '../secrets/find-secrets';
import { type RuleDescription } from '../validation-engine';
import { type FindingSummary, MAX_FINDINGS } from './finding-summary';

/** A finding with the rule that made it. */
export interface FoundByRule {
  readonly rule: Pick<RuleDescription, 'id' | 'check' | 'severity'>;
  readonly finding: RuleFinding;
}

const LONGEST_MESSAGE = 500;
const LONGEST_POINTER = 2_000;

/** Counts findings, puts them in the order of a report and keeps as many as it may hold. */
export function summariseFindings(
  found: readonly FoundByRule[],
  unfinished: readonly ValidationCheck[] = [],
): FindingSummary {
  const counts: Partial<Record<ValidationCheck, { errors: number; warnings: number }>> = {};
  for (const { rule } of found) {
    const count = (counts[rule.check] ??= { errors: 0, warnings: 0 });
    if (rule.severity === 'ERROR') count.errors += 1;
    if (rule.severity === 'WARNING') count.warnings += 1;
  }
  const kept = [...found].sort(inOrderOfReport).slice(0, MAX_FINDINGS);
  return { findings: kept.map(asFinding), total: found.length, counts, unfinished };
}

const SEVERITIES: readonly Severity[] = ['ERROR', 'WARNING', 'INFO'];

function inOrderOfReport(a: FoundByRule, b: FoundByRule): number {
  return (
    SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity) ||
    VALIDATION_CHECKS.indexOf(a.rule.check) - VALIDATION_CHECKS.indexOf(b.rule.check) ||
    byText(a.finding.path, b.finding.path) ||
    (a.finding.line ?? 0) - (b.finding.line ?? 0) ||
    (a.finding.column ?? 0) - (b.finding.column ?? 0) ||
    byText(a.rule.id, b.rule.id) ||
    byText(a.finding.pointer, b.finding.pointer) ||
    byText(a.finding.message, b.finding.message)
  );
}

/** By UTF-16 code units, never by locale; null first. */
function byText(a: string | null, b: string | null): number {
  const left = a ?? '';
  const right = b ?? '';
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Nothing of a report holds a secret, and no digest is one of a secret: whatever a rule was led to quote. */
function asFinding({ rule, finding }: FoundByRule): Finding {
  const { line, column } = finding;
  const path = finding.path === null ? null : withoutSecrets(finding.path);
  const pointer = pointerOf(finding.pointer);
  return {
    fingerprint: canonicalDigest([rule.check, rule.id, path, pointer, digestOfValue(finding.value)]),
    check: rule.check,
    rule: rule.id,
    severity: rule.severity,
    message: messageOf(finding.message),
    path,
    pointer,
    line,
    column,
  };
}

// A lone surrogate has no UTF-8 bytes and so no digest.
const LONE_SURROGATE = /\p{Cs}/gu;

function pointerOf(pointer: string | null): string | null {
  if (pointer === null || pointer.length > LONGEST_POINTER) return null;
  return withoutSecrets(pointer).replace(LONE_SURROGATE, '\uFFFD');
}

function digestOfValue(value: unknown): string {
  return createHash('sha256')
    .update(withoutSecrets(canonicalText(value)), 'utf8')
    .digest('hex');
}

/** One line without invisible characters, whatever content is quoted in it. */
function messageOf(message: string): string {
  const line = inOneLine(withoutSecrets(message));
  if (line.length <= LONGEST_MESSAGE) return line;
  // The cut may fall between the halves of one character.
  return `${line.slice(0, LONGEST_MESSAGE - 1).replace(LONE_SURROGATE, '')}…`;
}
