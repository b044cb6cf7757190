import { type DomainEvent, type Origin } from '../../domain';
import { type HistoryCommit } from '../../git';

/** Who wrote a commit of the history, and when it came onto its line. An author without a name goes by the address. */
export function originOf({ id, author, committedAt, subject }: HistoryCommit): Origin {
  const { name, email } = author;
  return {
    name: name || email || 'unknown',
    email: email || name || 'unknown',
    at: committedAt,
    subject: subject || `Commit ${id}`,
  };
}

/**
 * An adoption event whose origin is in order: never before that of the adoption event in front of it in its stream, never
 * after the event itself. Dates of a history may be wrong, the order of a stream may not.
 */
export function inOrder<E extends DomainEvent>(event: E, previousAt: string | null, occurredAt: string): E {
  const origin = originIn(event);
  if (origin === null) return event;
  const raised = previousAt !== null && previousAt > origin.at ? previousAt : origin.at;
  const at = raised > occurredAt ? occurredAt : raised;
  return { ...event, data: { ...event.data, origin: { ...origin, at } } };
}

/** Where an event comes from; null for one that does not say. */
export function originIn(event: DomainEvent): Origin | null {
  return event.type === 'ReleaseAdopted' || event.type === 'PointerAdopted' ? event.data.origin : null;
}
