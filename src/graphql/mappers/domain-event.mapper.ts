import { type RecordedEvent } from '../../domain';
import { type DomainEvent } from '../types/domain-event.type';

export function toDomainEvent(event: RecordedEvent): DomainEvent {
  const { stream, revision, position, type, data, metadata } = event;
  const { eventId: id, occurredAt, actor } = metadata;
  return { id, position, stream, revision, type, occurredAt, actor, data, metadata };
}
