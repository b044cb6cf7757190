import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'duplicate-key',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A key stands twice in one object: parsers differ on which value counts.',
  run: (context) => problemsOf(context, 'duplicate-key'),
};
