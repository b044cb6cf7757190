import {
  ConcurrentChange,
  type DomainEvent,
  type EventEnvelope,
  IdempotencyKeyReused,
  type RecordedEvent,
} from '../../domain';
import { commandIdOf, digestOf, type EventStore, chainFault, LogDamaged, sealEvents } from '../../eventstore';
import { type Clock, type Ids, type StepHook } from '../ports';
import { type CommandIdentity } from './command-identity';
import { KeyedQueue } from './keyed-queue';
import { appendOnce, damaged, readAvailable } from './store-access';
import { advanceHead, emptyHead, type FoldedHead } from './stream-head';

/** A command's outcome. */
export interface Handled<T> {
  readonly answer: T;
  /** Position of the event, or of the stream's last one when there was nothing to do. */
  readonly position: string;
}

export interface DecideOptions<S, E extends DomainEvent, T> {
  /** Gathers facts, decides, and returns at most one event. Called again after a conflict. */
  readonly decide: (state: S) => Promise<E | null>;
  /**
   * The part of the state that the command is about. When somebody else changed it between two tries the command is not
   * decided again behind the caller's back. By default a command may always be decided again.
   */
  readonly entries?: (state: S) => unknown;
  /**
   * The answer, from the event the command led to (stored now or by an earlier try; null when there was nothing to do) and
   * the state right after it. Synchronous: a folded state is never handed out.
   */
  readonly answer: (event: RecordedEvent<E> | null, state: S) => T;
}

const MAX_TRIES = 5;

/** Handles the commands of one family of streams: one after another on a cached state that reads only what came after it. */
export interface StreamHandler<S, E extends DomainEvent> {
  /**
   * Looks at the state of a stream as of now. Does not wait for commands under way, so that a command on one stream may
   * look at another without waiting in a circle; `look` is synchronous because the state moves on after it.
   */
  inspect<T>(stream: string, look: (state: S) => T): Promise<T>;

  /**
   * Decides and appends at the revision decided on.
   * @throws whatever `decide` refuses with; IdempotencyKeyReused, ConcurrentChange, Unavailable.
   */
  handle<T>(stream: string, identity: CommandIdentity, options: DecideOptions<S, E, T>): Promise<Handled<T>>;
}

export function createStreamHandler<S, E extends DomainEvent>(dependencies: {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly step: StepHook;
  readonly initial: () => S;
  readonly evolve: (state: S, event: EventEnvelope<E>) => S;
}): StreamHandler<S, E> {
  const { store, clock, ids, step, initial, evolve } = dependencies;
  const queue = new KeyedQueue();
  const cache = new Map<string, { state: S; head: FoldedHead }>();

  async function load(stream: string): Promise<{ state: S; head: FoldedHead }> {
    const cached = cache.get(stream) ?? { state: initial(), head: emptyHead() };
    cache.set(stream, cached);
    for await (const event of readAvailable(store, stream, cached.head.revision + 1)) {
      requireIntact(cached.head, event);
      fold(cached, event as RecordedEvent<E>); // a stream holds only the events of its family
    }
    // Ids that name no stream must not fill the memory.
    if (cached.head.revision < 0) cache.delete(stream);
    return cached;
  }

  /** Several readers of one stream may meet: each event is folded once, by whoever brings it first. */
  function fold(cached: { state: S; head: FoldedHead }, event: RecordedEvent<E>): void {
    if (event.revision !== cached.head.revision + 1) return;
    cached.state = evolve(cached.state, event);
    advanceHead(cached.head, event, event.position); // widened: the head looks at metadata only
  }

  async function replay<T>(stream: string, revision: number, options: DecideOptions<S, E, T>): Promise<Handled<T>> {
    const past = { state: initial(), head: emptyHead() };
    let last: RecordedEvent<E> | null = null;
    for await (const event of readAvailable(store, stream, 0, revision + 1)) {
      last = event as RecordedEvent<E>; // as above
      fold(past, last);
    }
    if (last === null) throw new LogDamaged(`${stream} has no revision ${String(revision)}.`);
    return { answer: options.answer(last, past.state), position: last.position };
  }

  async function attempt<T>(
    stream: string,
    identity: CommandIdentity,
    command: { readonly id: string; readonly digest: string },
    options: DecideOptions<S, E, T>,
  ): Promise<Handled<T>> {
    let before: string | null = null;
    for (let tries = 1; ; tries++) {
      const loaded = await load(stream);
      const known = loaded.head.commands.get(command.id);
      if (known !== undefined) {
        if (known.digest !== command.digest) throw new IdempotencyKeyReused();
        return replay(stream, known.revision, options);
      }
      const entries = digestOf(options.entries?.(loaded.state) ?? null);
      if (before !== null && (entries !== before || tries > MAX_TRIES)) throw new ConcurrentChange(stream);
      before = entries;

      // Readers of the stream may move the shared head on meanwhile; the append is at the revision decided on.
      const head = { ...loaded.head };
      const event = await options.decide(loaded.state);
      if (event === null) return { answer: options.answer(null, loaded.state), position: loaded.head.position ?? '' };
      const sealed = sealEvents({
        stream,
        head,
        events: [event],
        context: {
          actor: identity.context.actor,
          correlationId: identity.context.correlationId,
          commandId: command.id,
          commandDigest: command.digest,
          now: clock.now(),
          newEventId: () => ids.uuid(),
        },
      });
      const stored = await appendOnce(store, sealed[0] as EventEnvelope<E>); // one event in, one out
      if (stored === null) continue;
      await step('appended');
      fold(loaded, stored);
      cache.set(stream, loaded);
      // Another node's events may have been folded already: the answer is of the moment right after this one.
      if (loaded.head.revision > stored.revision) return replay(stream, stored.revision, options);
      return { answer: options.answer(stored, loaded.state), position: stored.position };
    }
  }

  return {
    inspect: async (stream, look) => look((await load(stream)).state),
    handle: (stream, identity, options) =>
      queue.run(stream, () => {
        const { context, operation, idempotencyKey, input } = identity;
        const id = commandIdOf(context.actor.id, operation, idempotencyKey, () => ids.uuid());
        return attempt(stream, identity, { id, digest: digestOf(input) }, options);
      }),
  };
}

/** Nothing is decided on a log that is not what was written. @throws Unavailable */
function requireIntact(head: FoldedHead, event: RecordedEvent): void {
  if (event.revision <= head.revision) return; // another reader of the stream brought it first
  const fault = chainFault(head, event);
  if (fault !== null) throw damaged(fault);
}
