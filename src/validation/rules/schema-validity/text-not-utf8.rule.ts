import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'text-not-utf8',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A file is not UTF-8.',
  run: (context) => problemsOf(context, 'encoding'),
};
