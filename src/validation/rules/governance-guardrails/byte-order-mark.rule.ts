import { problemsOf } from '../problems';
import { type Rule } from '../rule';

export const rule: Rule = {
  id: 'byte-order-mark',
  version: 2,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'WARNING',
  description: 'A file begins with a byte order mark: many parsers refuse it, and in a prompt it is sent along.',
  run: (context) => problemsOf(context, 'byte-order-mark'),
};
