import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'limit-exceeded',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'ERROR',
  description: 'A file or the release is larger, deeper or longer than what is read.',
  run: (context) => problemsOf(context, 'limit'),
};
