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

/**
 * Digest of what determines a verdict besides content and map. Limits on time and memory are not in it: they decide
 * whether there is a verdict, never which.
 */
export function rulesetDigest(): string {
  const rules = RULES.map(({ id, version, check, severity }) => ({ id, version, check, severity }));
  return canonicalDigest({ engine: ENGINE_VERSION, rules, limits: LIMITS });
}
