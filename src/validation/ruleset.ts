import { createHash } from 'node:crypto';
import { canonicalDigest } from './canonical-digest';
import { LIMITS } from './limits';
import { RULES, UNFINISHED_RULES } from './rules';
import { type RuleDescription } from './validation-engine';

/** Raised when the readers of content or the report model find something else than before, with the same rules. */
const ENGINE_VERSION = 2;

/** Every rule there is, by check and id, as it is listed. */
export const RULE_DESCRIPTIONS: readonly RuleDescription[] = [...RULES, ...Object.values(UNFINISHED_RULES)].map(
  ({ id, check, severity, description }) => ({ id, check, severity, description }),
);

const RULES_IN_FORCE = {
  engine: ENGINE_VERSION,
  rules: RULES.map(({ id, version, check, severity }) => ({ id, version, check, severity })),
  limits: LIMITS,
};

/**
 * Digest of what determines a verdict besides content and map. Limits on time and memory are not in it: they decide
 * whether there is a verdict, never which. Of the policy its bytes count, so that nothing has to be parsed.
 */
export function rulesetDigest(policy: Uint8Array | null): string {
  const policyDigest = policy === null ? null : createHash('sha256').update(policy).digest('hex');
  return canonicalDigest({ ...RULES_IN_FORCE, policy: policyDigest });
}
