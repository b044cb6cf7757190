import { setTimeout as pause } from 'node:timers/promises';
import { type AppendExpectedRevision, jsonEvent, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { type EventEnvelope } from '../../domain';
import { StoreUnavailable, WrongExpectedRevision } from '../errors';
import { type ExpectedRevision } from '../event-store';
import { type Connection } from './client';
import { within } from './deadlines';
import { failureOf, wordsOf } from './failure';
import { retryPauseMs } from './retry-pause';
import { idsAt, lastRevisionAt } from './stream-end';

/** What is appended, and where. */
export interface Append {
  /** The port's name of the stream, and the server's. */
  readonly stream: string;
  readonly name: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventEnvelope[];
}

/** Kept back for finding out what became of events where no answer came, in milliseconds. */
const LEARN_MS = 1_000;

/**
 * Appends, and resolves when the events are stored. A failure of any kind says nothing about the outcome: the stream is read
 * for the events' ids, and only where they are not there the very same envelopes are sent again, at the same revision.
 *
 * @param until moment after which nothing is waited for any more, in milliseconds as of performance.now(), which no clock that is set moves.
 * @throws WrongExpectedRevision when other events stand there; StoreUnavailable when the outcome cannot be learnt in time.
 */
export async function appendSurely(connection: Connection, append: Append, until: number): Promise<void> {
  const left = (): number => until - performance.now();
  let outcome: Outcome = { is: 'unknown', because: 'There was no time to send them.' };
  let because: string | null = null;
  for (let tries = 0; outcome.is === 'unknown'; tries++) {
    if (left() <= 0) {
      throw new StoreUnavailable(`Whether events were stored is not known. ${because ?? outcome.because}`);
    }
    if (tries > 0) await pause(Math.min(retryPauseMs(tries - 1), left()));
    outcome = await send(connection, append, Math.max(left() - LEARN_MS, left() / 2));
    if (outcome.is !== 'unknown') continue;
    because ??= outcome.because;
    outcome = (await learn(connection, append, left)) ?? outcome;
  }
  if (outcome.is === 'refused') throw outcome.error;
}

type Outcome =
  | { readonly is: 'stored' }
  | { readonly is: 'refused'; readonly error: Error }
  | { readonly is: 'unknown'; readonly because: string };

async function send({ client, credentials }: Connection, append: Append, ms: number): Promise<Outcome> {
  const { name, expected, events } = append;
  const data = events.map(({ type, data: body, metadata }) =>
    jsonEvent({ id: metadata.eventId, type, data: { ...body }, metadata: { ...metadata } }),
  );
  const expectedRevision: AppendExpectedRevision = expected === 'no_stream' ? NO_STREAM : BigInt(expected);
  const options = { expectedRevision, credentials, deadline: Math.max(ms, 1), requiresLeader: true };
  try {
    const { nextExpectedRevision } = await within(ms, client.appendToStream(name, data, options));
    const last = (expected === 'no_stream' ? -1 : expected) + events.length;
    if (nextExpectedRevision <= BigInt(last)) return { is: 'stored' };
    // The server takes a stream that was deleted for one that does not exist, and goes on behind what it held.
    const words = `Stream ${append.stream} was deleted on the server. Restore it from a backup.`;
    return { is: 'refused', error: new StoreUnavailable(words) };
  } catch (error) {
    return outcomeOf(error, append);
  }
}

function outcomeOf(error: unknown, { stream, expected }: Append): Outcome {
  const failure = failureOf(error);
  if (failure === 'conflict' && error instanceof WrongExpectedVersionError) {
    const actual = typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : 'no_stream';
    return { is: 'refused', error: new WrongExpectedRevision(stream, expected, actual) };
  }
  if (failure === 'unknown' || failure === 'conflict' || failure === 'not leader')
    return { is: 'unknown', because: wordsOf(error) };
  const words = {
    deleted: `Stream ${stream} was deleted.`,
    'no stream': wordsOf(error),
    'not valid': wordsOf(error),
    ...ACCESS,
  }[failure];
  return { is: 'refused', error: new StoreUnavailable(`The event store takes no events: ${words}`, { cause: error }) };
}

const ACCESS = {
  'not signed in': 'it does not know the user, or the password is wrong.',
  'no right': 'the user has no right to write to the stream.',
} as const;

/** What became of events whose append was not answered; null when they are not there, or nothing can be learnt now. */
async function learn(connection: Connection, append: Append, left: () => number): Promise<Outcome | null> {
  const { stream, name, expected, events } = append;
  const fromRevision = expected === 'no_stream' ? 0 : expected + 1;
  try {
    const ids = await idsAt(connection, name, { fromRevision, limit: events.length }, left());
    if (ids.length === 0) return null;
    if (events.every(({ metadata }, index) => ids[index] === metadata.eventId)) return { is: 'stored' };
    const actual = await lastRevisionAt(connection, name, left());
    return { is: 'refused', error: new WrongExpectedRevision(stream, expected, actual) };
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
}
