import { type Rule } from '../rule';
import { secretsOfType } from './secrets-of-files';

export const rule: Rule = {
  id: 'secret-token',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'ERROR',
  description: 'A file holds a token or key of a known service, by its prefix.',
  run: (context) =>
    secretsOfType(
      context,
      'token',
      (name) => `Take the ${name} out, and revoke it: whoever reads this repository can use it.`,
    ),
};
