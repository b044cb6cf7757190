import { SLIPWAY_FILE } from '../../../domain';
import { type Rule } from '../rule';

/** Of a file in which everything is wrong. */
const MOST = 20;

export const rule: Rule = {
  id: 'policy-not-readable',
  version: 1,
  check: 'GOVERNANCE_GUARDRAILS',
  severity: 'ERROR',
  description: "The repository's slipway.yaml cannot be read as it is meant, so its guardrails are not in force.",
  *run({ policy }) {
    for (const { line, message } of policy.faults.slice(0, MOST)) {
      const place = line === null ? SLIPWAY_FILE : `${SLIPWAY_FILE}:${line}`;
      // It is no file of the release: the place stands in the message.
      yield {
        message: `${place} at the root of the repository: ${message}`,
        path: null,
        pointer: null,
        line: null,
        column: null,
        value: message,
      };
    }
  },
};
