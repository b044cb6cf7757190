import { type EventEnvelope, type EventType, type Position, type RecordedEvent } from '../domain';

/** Where a stream must stand for an append to be accepted: its last revision, or that it does not exist yet. Never "any". */
export type ExpectedRevision = number | 'no_stream';

/** Names no stream of events: where the log is on a server, the stream of this name says which log it is. */
export const RESERVED_STREAM = 'log';

/** Where a stream must stand for an event to be appended at a revision. */
export function expectedBefore(revision: number): ExpectedRevision {
  return revision === 0 ? 'no_stream' : revision - 1;
}

export interface AppendResult {
  /** Revision of the last appended event. */
  readonly revision: number;
  /** Position of the last appended event. */
  readonly position: Position;
}

export interface ReadStreamOptions {
  /** First revision to read, inclusive; 0 by default. */
  readonly fromRevision?: number;
  readonly limit?: number;
  /**
   * Asks for what every writer has appended before the call: what decisions need. Left out, the read is of what this process
   * has seen, and does not need the store to be in reach.
   */
  readonly latest?: boolean;
}

export interface ReadAllOptions {
  /** Exclusive; null or absent reads from the beginning. */
  readonly after?: Position | null;
  /** Inclusive. */
  readonly until?: Position;
  /** Only these types; all by default. */
  readonly types?: readonly EventType[];
}

export interface SubscribeOptions {
  /** Exclusive; null delivers from the beginning. */
  readonly after: Position | null;
  readonly types?: readonly EventType[];
  /** Ends the subscription without an error. */
  readonly signal: AbortSignal;
}

/** Whether appends and {@link ReadStreamOptions.latest} reads can be expected to work. */
export interface StoreStatus {
  /** Why the store is out of reach; null when it is not. */
  readonly failing: string | null;
  /** Milliseconds since it went out of reach; null when it is in reach. */
  readonly failingForMs: number | null;
  /** Why nothing is appended, or nothing that was appended is seen, until an operator acts; null otherwise. */
  readonly stopped: string | null;
}

/**
 * The event log. Events are append only; a stream's revisions are 0..n without gaps; positions of one log strictly rise;
 * all readers see one order. An append is durable before it is acknowledged.
 */
export interface EventStore {
  /** Names the log; part of every position. */
  readonly logId: string;

  /**
   * Appends sealed envelopes to one stream, all or none.
   *
   * Sending the very same envelopes (event ids) again at the same expected revision answers as the first time and writes nothing.
   *
   * @throws WrongExpectedRevision when the stream stands elsewhere.
   * @throws AppendTooLarge when they exceed {@link MAX_APPEND_BYTES}.
   * @throws InvalidAppend when there is no event, the envelopes do not follow the expected revision, an event id is taken, or
   *   the stream is {@link RESERVED_STREAM}.
   * @throws StoreUnavailable when the store cannot be reached or written; the outcome may be unknown: read the stream.
   */
  append(stream: string, expected: ExpectedRevision, events: readonly EventEnvelope[]): Promise<AppendResult>;

  /**
   * Events of one stream in order; nothing for a stream that does not exist.
   *
   * @throws LogDamaged when an event is missing or unreadable; StoreUnavailable.
   */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /**
   * Events of the whole log in order, up to the head at the time of the call.
   *
   * @throws UnknownPosition, LogDamaged, StoreUnavailable, all of them to whoever reads the first or next event.
   */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * Catch-up subscription: all events after a position, in order, then live ones as they become durable. Pulls: a slow
   * consumer holds back nothing but itself. A subscription that waits ends by its signal, not by `return()`.
   *
   * @throws UnknownPosition, LogDamaged, StoreUnavailable, all of them to whoever reads the first or next event.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<RecordedEvent>;

  /** Position of the last event of the log; null when it is empty. */
  head(): Promise<Position | null>;

  /** Names of all streams that exist, sorted by UTF-16 code units. */
  streams(): AsyncIterable<string>;

  /** How the store stands, for `/readyz`. Asks nobody. */
  status(): StoreStatus;

  /** Waits for appends under way, then releases the store. Running subscriptions end. */
  close(): Promise<void>;
}

/** A log that is read as it stands, and not written: what every check and every copy of it needs. */
export type EventLog = Pick<EventStore, 'logId' | 'readStream' | 'readAll' | 'head' | 'streams' | 'close'>;
