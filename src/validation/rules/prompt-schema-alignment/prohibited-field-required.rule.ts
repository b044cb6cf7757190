import { type Rule } from '../rule';
import { disagreements } from './disagreements';

export const rule: Rule = {
  id: 'prohibited-field-required',
  version: 1,
  check: 'PROMPT_SCHEMA_ALIGNMENT',
  severity: 'WARNING',
  description: 'A prompt forbids a field that the output schema requires.',
  run: (context) => disagreements(context, 'prohibited-field-required'),
};
