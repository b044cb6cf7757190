import { type Actor } from './actor';
import { type DomainEvent } from './events';

/** `metadata` of every stored event. */
export interface EventMetadata {
  readonly eventId: string;
  /** ISO 8601, UTC, milliseconds; never earlier than the previous event of its stream. */
  readonly occurredAt: string;
  readonly actor: Actor;
  readonly commandId: string;
  readonly commandDigest: string;
  readonly correlationId: string;
  readonly schemaVersion: number;
  /** Hash of the previous event of the stream; null at revision 0. */
  readonly previousHash: string | null;
  /** Hex SHA-256 of the RFC 8785 bytes of `{stream, revision, type, data, metadata}`, metadata without `hash`. */
  readonly hash: string;
}

/** An event in its place in a stream, sealed into the stream's hash chain: what is appended. */
export type EventEnvelope<E extends DomainEvent = DomainEvent> = E extends DomainEvent
  ? {
      readonly stream: string;
      /** Place in the stream, from 0 without gaps. */
      readonly revision: number;
      readonly type: E['type'];
      readonly data: E['data'];
      readonly metadata: EventMetadata;
    }
  : never;

/** Opaque, ordered place in one event log: a string that also names its log. Two of one log compare as strings. */
export type Position = string;

/** A stored event with its place in the whole log of one store. */
export type RecordedEvent<E extends DomainEvent = DomainEvent> = EventEnvelope<E> & { readonly position: Position };
