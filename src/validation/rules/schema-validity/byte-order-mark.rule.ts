import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'byte-order-mark',
  version: 1,
  check: 'SCHEMA_VALIDITY',
  severity: 'WARNING',
  description: 'A JSON or YAML file begins with a byte order mark, which many parsers refuse.',
  run: (context) => problemsOf(context, 'byte-order-mark'),
};
