import { type Rule } from '../rule';
import { disagreements } from './disagreements';

export const rule: Rule = {
  id: 'demanded-field-undefined',
  version: 1,
  check: 'PROMPT_SCHEMA_ALIGNMENT',
  severity: 'WARNING',
  description: 'A prompt seems to ask for a field that the output schema does not define.',
  run: (context) => disagreements(context, 'demanded-field-undefined'),
};
