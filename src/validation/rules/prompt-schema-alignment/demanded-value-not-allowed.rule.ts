import { type Rule } from '../rule';
import { disagreements } from './disagreements';

export const rule: Rule = {
  id: 'demanded-value-not-allowed',
  version: 1,
  check: 'PROMPT_SCHEMA_ALIGNMENT',
  severity: 'ERROR',
  description: 'A prompt offers a value for a field that the output schema does not allow.',
  run: (context) => disagreements(context, 'demanded-value-not-allowed'),
};
