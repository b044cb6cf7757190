import { type Rule } from '../rule';
import { secretsOfType } from './secrets-of-files';

export const rule: Rule = {
  id: 'secret-private-key',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'ERROR',
  description: 'A file holds a private key.',
  run: (context) =>
    secretsOfType(
      context,
      'private-key',
      (name) => `Take the ${name} out, and make a new one: whoever reads this repository can use it.`,
    ),
};
