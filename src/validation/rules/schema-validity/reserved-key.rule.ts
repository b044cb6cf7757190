import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'reserved-key',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A key is __proto__, which can change the program that reads the file.',
  run: (context) => problemsOf(context, 'reserved-key'),
};
