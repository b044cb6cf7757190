import { type RecordedEvent } from '../../domain';

/** An event that cannot be projected. Nothing after it is: what is shown stays true up to the event before it. */
export class PoisonEvent extends Error {
  constructor(event: RecordedEvent, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${event.type} at ${event.stream}@${event.revision} cannot be projected: ${reason}`, { cause });
    this.name = 'PoisonEvent';
  }
}
