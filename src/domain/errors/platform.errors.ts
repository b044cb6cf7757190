import { DomainError } from './domain-error';

/** The system cannot decide or answer right now; the same call may succeed later. */
export class Unavailable extends DomainError {
  readonly code = 'UNAVAILABLE';
}

/** The entries a command names were changed by somebody else while it was being decided. */
export class ConcurrentChange extends DomainError {
  readonly code = 'CONCURRENT_CHANGE';
  constructor(stream: string) {
    super(`${stream} was changed by somebody else at the same moment. Read the state again and decide again.`, {
      stream,
    });
  }
}

/** The idempotency key was used before for another input. */
export class IdempotencyKeyReused extends DomainError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  constructor() {
    super('This idempotency key was used before with another input. Use a new key for a new command.', {
      field: 'idempotencyKey',
    });
  }
}

/** A position of another log, or ahead of this one. */
export class PositionUnknown extends DomainError {
  readonly code = 'POSITION_UNKNOWN';
  constructor(position: string) {
    super('This position belongs to another log or lies ahead of this one. Read the state again.', { position });
  }
}

/** A moment before the log's first event. */
export class OutOfHistory extends DomainError {
  readonly code = 'OUT_OF_HISTORY';
  constructor(earliest: string | null) {
    super(
      earliest === null
        ? 'The log holds no pointer yet.'
        : `History begins at ${earliest}. Ask for that moment or a later one.`,
      { earliest },
    );
  }
}
