import { DomainError } from './domain-error';

export class Unauthenticated extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  constructor() {
    super(
      'Sign in: send a valid token as "Authorization: Bearer TOKEN"; yours is missing, unknown or revoked. ' +
        '`slipway token create` makes one.',
    );
  }
}

export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';
  constructor(actorId: string, permission: string) {
    super(
      `${actorId} may not do this: permission ${permission} is missing. Ask an administrator for a role that holds it.`,
      {
        permission,
      },
    );
  }
}
