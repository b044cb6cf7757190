import { type ValidationRequest } from '../../../src/validation';

/** A release that breaks one rule: where the finding stands, as `path:line:column pointer`, and what it says. */
export interface RuleCase {
  readonly rule: string;
  readonly when: string;
  readonly request: ValidationRequest;
  readonly at: string;
  readonly says: string;
}

/** A release that is right, although it may look wrong. */
export interface SilentCase {
  readonly when: string;
  readonly request: ValidationRequest;
}
