import { type Rule } from '../rule';
import { disagreements } from './disagreements';

export const rule: Rule = {
  id: 'prohibited-field-demanded',
  version: 1,
  check: 'PROMPT_SCHEMA_ALIGNMENT',
  severity: 'WARNING',
  description: 'A prompt asks for a field and forbids it.',
  run: (context) => disagreements(context, 'prohibited-field-demanded'),
};
