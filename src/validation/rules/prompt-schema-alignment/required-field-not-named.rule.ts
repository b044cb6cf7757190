import { type Rule } from '../rule';
import { disagreements } from './disagreements';

export const rule: Rule = {
  id: 'required-field-not-named',
  version: 1,
  check: 'PROMPT_SCHEMA_ALIGNMENT',
  severity: 'WARNING',
  description: 'A prompt states the fields it wants and never names one that the output schema requires.',
  run: (context) => disagreements(context, 'required-field-not-named'),
};
