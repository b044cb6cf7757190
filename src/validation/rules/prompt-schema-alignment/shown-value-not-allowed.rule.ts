import { type Rule } from '../rule';
import { disagreements } from './disagreements';

export const rule: Rule = {
  id: 'shown-value-not-allowed',
  version: 1,
  check: 'PROMPT_SCHEMA_ALIGNMENT',
  severity: 'WARNING',
  description: 'A prompt seems to give a value for a field that the output schema does not allow.',
  run: (context) => disagreements(context, 'shown-value-not-allowed'),
};
