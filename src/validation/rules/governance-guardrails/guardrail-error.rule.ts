import { type Rule } from '../rule';
import { guardrailFindings } from './guardrail-findings';

export const rule: Rule = {
  id: 'guardrail-error',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'ERROR',
  description:
    'A text matches a pattern that the repository forbids: a guardrail of its slipway.yaml with severity error.',
  run: (context) => guardrailFindings(context, 'ERROR'),
};
