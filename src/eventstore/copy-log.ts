import { isDeepStrictEqual } from 'node:util';
import { type EventEnvelope, type RecordedEvent } from '../domain';
import { bytesOfEvent } from './append-limit';
import { LogDamaged } from './errors';
import { type EventLog, type EventStore, expectedBefore } from './event-store';
import { placeNumber } from './position';
import { EMPTY_STREAM, headAfter, type StreamHead } from './seal';
import { chainFault } from './verify-chain';

/** Events that are appended together, where they stand next to each other in one stream. */
const MOST_EVENTS = 100;
/** Bytes of them; a single event may have more. Far below what an append may have: progress is told after each. */
const MOST_BYTES = 256_000;

/** Two logs are not the same where one should be the beginning of the other, or be equal to it. */
export class LogsDiffer extends Error {
  override readonly name = 'LogsDiffer';
}

/** Told how many events are in their place, of how many. */
export type OnCopied = (done: number, total: number) => void;

/** What copying a log came to. */
export interface CopiedLog {
  /** Events of the log. */
  readonly events: number;
  /** How many of them were there before. */
  readonly alreadyThere: number;
}

/** Reads a log through. @throws LogDamaged where its hash chains do not hold; the reason of the signal. */
export async function requireSound(log: Pick<EventLog, 'readAll'>, signal?: AbortSignal): Promise<void> {
  const heads = new Map<string, StreamHead>();
  for await (const event of log.readAll()) {
    signal?.throwIfAborted();
    const fault = chainFault(heads.get(event.stream) ?? EMPTY_STREAM, event);
    if (fault !== null) throw new LogDamaged(fault);
    heads.set(event.stream, headAfter(event));
  }
}

export interface CopyParts {
  readonly from: Pick<EventLog, 'logId' | 'head' | 'readAll'>;
  readonly to: EventStore;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Copies what a log holds into a store of the same log id: every event as it is, in the order of the log, so that positions
 * stay valid. What is there already is compared and skipped: interrupted anywhere, it is run again. At its end the store has been read
 * back and is equal to the log.
 *
 * @param parts.signal ends it between two appends.
 * @throws LogsDiffer, before anything is written, when the store holds anything that is not the beginning of the log; at the end,
 *   when somebody else wrote meanwhile. What reading and appending throw; the reason of the signal.
 */
export async function copyLog(
  { from, to, signal }: CopyParts,
  onCopied: OnCopied = () => undefined,
): Promise<CopiedLog> {
  if (from.logId !== to.logId) throw new LogsDiffer(`It holds log ${to.logId}, not log ${from.logId}.`);
  const events = placeNumber(from, await from.head());
  const alreadyThere = await requireBeginning(to, from, signal);
  onCopied(alreadyThere, events);
  let done = alreadyThere;
  for await (const group of groupsOf(from, alreadyThere)) {
    signal?.throwIfAborted();
    const [{ stream, revision }] = group;
    await to.append(stream, expectedBefore(revision), group);
    onCopied((done += group.length), events);
  }
  const there = await requireBeginning(to, from, signal);
  if (there < events) throw new LogsDiffer(`It holds ${String(there)} events, not ${String(events)}.`);
  return { events, alreadyThere };
}

type Readable = Pick<EventLog, 'readAll'>;

/** How many events a log has, which must be the first of another. @throws LogsDiffer */
async function requireBeginning(log: Readable, of: Readable, signal?: AbortSignal): Promise<number> {
  const expected = of.readAll()[Symbol.asyncIterator]();
  let count = 0;
  try {
    for await (const event of log.readAll()) {
      signal?.throwIfAborted();
      const next = await expected.next();
      count += 1;
      if (next.done === true) {
        throw new LogsDiffer(
          `It goes on behind this log with ${placeOf(event)}: it has been used since it was copied.`,
        );
      }
      if (isDeepStrictEqual(event, next.value)) continue;
      const [there, here] = [placeOf(event), placeOf(next.value)];
      throw new LogsDiffer(
        there === here
          ? `Its event ${String(count)}, ${there}, is not the one of this log.`
          : `Its event ${String(count)} is ${there}, and in this log it is ${here}.`,
      );
    }
    return count;
  } finally {
    await expected.return?.();
  }
}

/** Events behind the first `skipped`, those of one stream that stand next to each other together. */
async function* groupsOf(log: Readable, skipped: number): AsyncGenerator<[EventEnvelope, ...EventEnvelope[]]> {
  let group: EventEnvelope[] = [];
  let [bytes, place] = [0, 0];
  for await (const { position: _position, ...event } of log.readAll()) {
    if (++place <= skipped) continue;
    const size = bytesOfEvent(event);
    const [first, ...rest] = group;
    const isFull = group.length === MOST_EVENTS || bytes + size > MOST_BYTES || first?.stream !== event.stream;
    if (first !== undefined && isFull) {
      yield [first, ...rest];
      [group, bytes] = [[], 0];
    }
    group.push(event);
    bytes += size;
  }
  const [first, ...rest] = group;
  if (first !== undefined) yield [first, ...rest];
}

function placeOf({ stream, revision }: Pick<RecordedEvent, 'stream' | 'revision'>): string {
  return `${stream}@${String(revision)}`;
}
