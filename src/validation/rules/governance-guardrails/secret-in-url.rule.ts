import { type Rule } from '../rule';
import { secretsOfType } from './secrets-of-files';

export const rule: Rule = {
  id: 'secret-in-url',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'ERROR',
  description: 'A file holds a URL with a password in it.',
  run: (context) =>
    secretsOfType(
      context,
      'url-credential',
      (name) => `Take the ${name} out, and change it: whoever reads this repository can use it.`,
    ),
};
