/** Stored with `Staged` and `ValidationFailed`: enum values as the API spells them. */
export type ValidationCheck =
  | 'SCHEMA_VALIDITY'
  | 'REFERENCE_RESOLUTION'
  | 'CROSS_PACKAGE_DEPENDENCIES'
  | 'PROMPT_SCHEMA_ALIGNMENT'
  | 'AUTHORITY_LEVEL'
  | 'GOVERNANCE_GUARDRAILS';

/** The order in which checks are listed and findings are sorted. */
export const VALIDATION_CHECKS: readonly ValidationCheck[] = [
  'SCHEMA_VALIDITY',
  'REFERENCE_RESOLUTION',
  'CROSS_PACKAGE_DEPENDENCIES',
  'PROMPT_SCHEMA_ALIGNMENT',
  'AUTHORITY_LEVEL',
  'GOVERNANCE_GUARDRAILS',
];

export type Severity = 'ERROR' | 'WARNING' | 'INFO';

/** One thing a validation found. `path` is relative to the release directory; `line` and `column` count from 1. */
export interface Finding {
  /** Hex SHA-256 that survives unrelated edits: check, rule, path, pointer and the offending value's digest. */
  readonly fingerprint: string;
  readonly check: ValidationCheck;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string | null;
  /** JSON pointer (RFC 6901) into the file, where there is one. */
  readonly pointer: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

export interface CheckResult {
  readonly check: ValidationCheck;
  readonly passed: boolean;
  readonly errorCount: number;
  readonly warningCount: number;
}

/**
 * What the validation engine says of one tree (stored). `digest` covers the tree id and everything but `digest` and
 * `validatedAt`: same tree, ruleset and planned map, same digest. Findings are cut at 500; counts stay exact and
 * `omitted` says how many are missing.
 */
export interface ValidationReport {
  readonly valid: boolean;
  /** ISO 8601, UTC, milliseconds. */
  readonly validatedAt: string;
  readonly digest: string;
  readonly rulesetDigest: string;
  readonly mapDigest: string;
  readonly checks: readonly CheckResult[];
  readonly findings: readonly Finding[];
  readonly errorCount: number;
  readonly warningCount: number;
  readonly omitted: number;
}
