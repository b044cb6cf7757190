import { type ValidationCheck } from '../../domain';
import { type RuleDescription } from '../validation-engine';
import { CROSS_PACKAGE_DEPENDENCIES_RULES } from './cross-package-dependencies';
import { REFERENCE_RESOLUTION_RULES } from './reference-resolution';
import { type Rule } from './rule';
import { SCHEMA_VALIDITY_RULES } from './schema-validity';

/** The checks and their rules, in the order in which reports list them. */
export const RULES_BY_CHECK: ReadonlyMap<ValidationCheck, readonly Rule[]> = new Map([
  ['SCHEMA_VALIDITY', SCHEMA_VALIDITY_RULES],
  ['REFERENCE_RESOLUTION', REFERENCE_RESOLUTION_RULES],
  ['CROSS_PACKAGE_DEPENDENCIES', CROSS_PACKAGE_DEPENDENCIES_RULES],
]);

export const CHECKS: readonly ValidationCheck[] = [...RULES_BY_CHECK.keys()];

export const RULES: readonly Rule[] = [...RULES_BY_CHECK.values()].flat();

/** What a validation that did not finish says instead of a verdict. */
export const UNFINISHED_RULES = {
  crashed: {
    id: 'validator-crashed',
    check: 'SCHEMA_VALIDITY',
    severity: 'ERROR',
    description: 'The validator ended or ran out of memory on this content.',
  },
  timeout: {
    id: 'validator-timeout',
    check: 'SCHEMA_VALIDITY',
    severity: 'ERROR',
    description: 'The validator did not finish in time on this content.',
  },
} as const satisfies Record<string, RuleDescription>;
