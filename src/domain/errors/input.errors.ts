import { DomainError } from './domain-error';

/** A value of the input is malformed. `data.field` names it. */
export class BadUserInput extends DomainError {
  readonly code = 'BAD_USER_INPUT';
  constructor(field: string, message: string, data: Readonly<Record<string, unknown>> = {}) {
    super(`${field}: ${message}`, { field, ...data });
  }
}

export class MessageRequired extends DomainError {
  readonly code = 'MESSAGE_REQUIRED';
  constructor() {
    super('A commit needs a message. Say in one line what changed and why.', { field: 'message' });
  }
}

export class ReasonRequired extends DomainError {
  readonly code = 'REASON_REQUIRED';
  constructor() {
    super('A move of the pointer needs a reason. Say in one line why production changes.', { field: 'reason' });
  }
}
