import { type ValidationCheck } from '../../domain';
import { type RuleDescription } from '../validation-engine';
import { discoverRules } from './discover-rules';
import { type Rule } from './rule';

/** The checks and their rules, in the order in which reports list them. */
export const RULES_BY_CHECK: ReadonlyMap<ValidationCheck, readonly Rule[]> = discoverRules();

export const CHECKS: readonly ValidationCheck[] = [...RULES_BY_CHECK.keys()];

export const RULES: readonly Rule[] = [...RULES_BY_CHECK.values()].flat();

/** What a validation that did not finish says instead of a verdict. */
export const UNFINISHED_RULES = {
  crashed: {
    id: 'validator-crashed',
    check: 'SCHEMA_VALIDITY',
    severity: 'ERROR',
    description: 'The validator ended on this content.',
  },
  memory: {
    id: 'validator-out-of-memory',
    check: 'SCHEMA_VALIDITY',
    severity: 'ERROR',
    description: 'The validator ran out of memory on this content.',
  },
  timeout: {
    id: 'validator-timeout',
    check: 'SCHEMA_VALIDITY',
    severity: 'ERROR',
    description: 'The validator did not finish in time on this content.',
  },
} as const satisfies Record<string, RuleDescription>;
