import { type Rule } from '../rule';
import { rule as dependencyCycle } from './dependency-cycle.rule';
import { rule as requiredInputMalformed } from './required-input-malformed.rule';
import { rule as requiredInputNotActive } from './required-input-not-active.rule';
import { rule as requiredInputSelf } from './required-input-self.rule';
import { rule as requiredInputUnknown } from './required-input-unknown.rule';

/** A new rule is a new file and one line here. */
export const CROSS_PACKAGE_DEPENDENCIES_RULES: readonly Rule[] = [
  dependencyCycle,
  requiredInputMalformed,
  requiredInputNotActive,
  requiredInputSelf,
  requiredInputUnknown,
];
