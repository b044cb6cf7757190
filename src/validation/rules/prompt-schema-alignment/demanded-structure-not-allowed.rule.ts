import { type Rule } from '../rule';
import { disagreements } from './disagreements';

export const rule: Rule = {
  id: 'demanded-structure-not-allowed',
  version: 1,
  check: 'PROMPT_SCHEMA_ALIGNMENT',
  severity: 'ERROR',
  description: 'A prompt shows a field as an object or a list where the output schema allows none.',
  run: (context) => disagreements(context, 'demanded-structure-not-allowed'),
};
