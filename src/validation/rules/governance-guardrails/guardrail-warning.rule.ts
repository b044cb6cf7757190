import { type Rule } from '../rule';
import { guardrailFindings } from './guardrail-findings';

export const rule: Rule = {
  id: 'guardrail-warning',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'WARNING',
  description:
    'A text matches a pattern that the repository warns of: a guardrail of its slipway.yaml with severity warning.',
  run: (context) => guardrailFindings(context, 'WARNING'),
};
