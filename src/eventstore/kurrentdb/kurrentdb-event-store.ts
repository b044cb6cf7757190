import { NIL, validate as isUuid } from 'uuid';
import { type EventEnvelope, type Position, type RecordedEvent } from '../../domain';
import { InvalidAppend, LogDamaged, StoreUnavailable } from '../errors';
import {
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type ReadAllOptions,
  type ReadStreamOptions,
  RESERVED_STREAM,
  type StoreStatus,
  type SubscribeOptions,
} from '../event-store';
import { formatPosition } from '../position';
import { toRows } from '../sqlite/event-row';
import { appendSurely } from './append-surely';
import { type Connection } from './client';
import { type Deadlines } from './deadlines';
import { type Follower } from './follow-all';
import { type LocalCopy } from './local-copy';
import { AppendTurns } from './append-turns';
import { readSurely } from './read-surely';
import { lastRevisionAt } from './stream-end';
import { type StreamNames } from './stream-names';

/**
 * The event log in a KurrentDB. The server decides and keeps every append; this node follows it into a copy of its own, and
 * everything is read from there. What the two kinds of store do differently ends here.
 */
export class KurrentDbEventStore implements EventStore {
  readonly logId: string;
  private readonly turns = new AppendTurns();
  private readonly appending = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();
  private readonly following: Promise<void>;
  private closed: Promise<void> | null = null;

  /** Begins to follow at once. */
  constructor(
    private readonly parts: {
      readonly connection: Connection;
      readonly names: StreamNames;
      readonly copy: LocalCopy;
      readonly follower: Follower;
      readonly deadlines: Deadlines;
    },
  ) {
    this.logId = parts.copy.logId;
    this.following = parts.follower.run(this.stopping.signal);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventEnvelope[]): Promise<AppendResult> {
    const { connection, names, copy, follower, deadlines } = this.parts;
    const last = expected === 'no_stream' ? -1 : expected;
    const rows = toRows(stream, last, events);
    if (this.closed !== null) throw new StoreUnavailable('The event log is closed.');
    const { stopped } = follower.status();
    if (stopped !== null) throw new StoreUnavailable(stopped);
    for (const { eventId, revision } of rows) {
      if (!isOneId(eventId)) throw new InvalidAppend(stream, `event id ${eventId} is no UUID in lower case.`);
      const known = copy.findEvent(eventId);
      const isThere = known !== null && (known.stream !== stream || known.revision !== revision);
      if (isThere && copy.lastRevision(stream) === last)
        throw new InvalidAppend(stream, `event id ${eventId} is taken.`);
    }
    const append = { stream, name: names.onServer(stream), expected, events };
    const until = performance.now() + deadlines.appendMs;
    const stored = this.turns.run(stream, () => appendSurely(connection, append, until));
    const seen = stored.then(() => this.placeOf(stream, last + rows.length));
    this.appending.add(seen);
    try {
      const place = await seen;
      return { revision: last + rows.length, position: formatPosition(this.logId, BigInt(place)) };
    } finally {
      this.appending.delete(seen);
    }
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    const { connection, names, copy, deadlines } = this.parts;
    if (options.latest === true && stream !== RESERVED_STREAM) {
      const name = names.onServer(stream);
      const last = await readSurely(
        deadlines.readMs,
        (ms) => lastRevisionAt(connection, name, ms),
        this.stopping.signal,
      );
      if (last > copy.lastRevision(stream)) await this.placeOf(stream, last);
    }
    yield* copy.log.readStream(stream, options);
  }

  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return this.parts.copy.log.readAll(options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<RecordedEvent> {
    return this.parts.copy.log.subscribe(options);
  }

  head(): Promise<Position | null> {
    return this.parts.copy.log.head();
  }

  streams(): AsyncIterable<string> {
    return this.parts.copy.log.streams();
  }

  status(): StoreStatus {
    return this.parts.follower.status();
  }

  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  private async end(): Promise<void> {
    await Promise.allSettled(this.appending);
    this.stopping.abort();
    const { connection, copy } = this.parts;
    copy.log.endSubscriptions();
    await this.following;
    await connection.close();
    copy.close();
  }

  /** Place of an event that is stored, as soon as this node has followed so far. @throws StoreUnavailable, LogDamaged */
  private async placeOf(stream: string, revision: number): Promise<number> {
    const { copy, follower, deadlines } = this.parts;
    const timeout = AbortSignal.timeout(deadlines.followMs);
    for (;;) {
      const place = copy.placeOf(stream, revision);
      if (place !== null) return place;
      const { stopped } = follower.status();
      if (stopped !== null) throw new LogDamaged(stopped);
      if (timeout.aborted) {
        throw new StoreUnavailable(
          `This node has not yet followed the log to ${stream}@${String(revision)}. Try again.`,
        );
      }
      await copy.log.next(timeout);
    }
  }
}

/** What is no UUID ends the process in the client, the one of zeros is refused by the server, and other letters come back in lower case. */
function isOneId(eventId: string): boolean {
  return isUuid(eventId) && eventId !== NIL && eventId === eventId.toLowerCase();
}
