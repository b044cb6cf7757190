import { setTimeout as pause } from 'node:timers/promises';
import { type AllStreamRecordedEvent, type Position, START, streamNameFilter } from '@eventstore/db-client';
import { LogDamaged } from '../errors';
import { type StoreStatus } from '../event-store';
import { type NewRow } from '../sqlite/event-row';
import { type Connection } from './client';
import { type Deadlines } from './deadlines';
import { wordsOf } from './failure';
import { BATCH, liveBatches } from './live-batches';
import { type LocalCopy } from './local-copy';
import { itemsOf } from './read-events';
import { retryPauseMs } from './retry-pause';
import { rowOfEvent } from './row-of-event';
import { requireSameLog } from './same-log';
import { type StreamNames } from './stream-names';

/** Events that one read asks for, of all streams. */
const PAGE = 4_000;

/** Characters of events that are held until they are taken together, or one event. */
const BATCH_CHARACTERS = 4_000_000;

/** Keeps a local copy up to date by the one subscription of this process to `$all`. */
export interface Follower {
  /**
   * Takes what the server holds now, or as much as there is time for.
   * @param signal ends it early. @returns whether there was anything. @throws whatever the client fails with; LogDamaged.
   */
  catchUp(signal?: AbortSignal): Promise<boolean>;
  /** Follows for ever: begins again where it was whenever the server drops it, falls silent or goes away. */
  run(signal: AbortSignal): Promise<void>;
  status(): StoreStatus;
}

export function createFollower({
  connection,
  names,
  copy,
  deadlines,
}: {
  readonly connection: Connection;
  readonly names: StreamNames;
  readonly copy: LocalCopy;
  readonly deadlines: Deadlines;
}): Follower {
  const { client, credentials } = connection;
  let failing: { readonly why: string; readonly since: number } | null = null;
  let stopped: string | null = null;
  let tries = 0;

  /** Where reading goes on: reads of `$all` include the position they begin at, subscriptions exclude it. */
  const from = (): Position | typeof START => copy.checkpoint() ?? START;
  const takenUpTo = (checkpoint: Position | null, { position }: AllStreamRecordedEvent): boolean =>
    checkpoint !== null && comparePositions(position, checkpoint) <= 0;
  const take = (batch: readonly AllStreamRecordedEvent[]): void => {
    const checkpoint = copy.checkpoint();
    const news = batch.filter((event) => !takenUpTo(checkpoint, event));
    const last = news.at(-1);
    if (last !== undefined) copy.take(news.flatMap(rowsOf), last.position);
  };
  const rowsOf = (event: AllStreamRecordedEvent): NewRow[] => {
    const stream = names.ours(event.streamId);
    return stream === null ? [] : [rowOfEvent(stream, event)];
  };

  /** Reads on in `$all`, foreign events included. @returns whether there was one of ours. */
  const readOn = async (
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly ours: boolean; readonly complete: boolean }> => {
    const checkpoint = copy.checkpoint();
    const options = { fromPosition: from(), maxCount: limit, credentials };
    let [count, ours, rows, at]: [number, boolean, NewRow[], Position | null] = [0, false, [], null];
    let characters = 0;
    try {
      for await (const { event } of itemsOf(client.readAll(options), deadlines.readMs)) {
        count++;
        if (event === undefined || takenUpTo(checkpoint, event)) continue;
        for (const row of rowsOf(event)) {
          rows.push(row);
          characters += row.data.length + row.metadata.length;
        }
        at = event.position;
        if (signal?.aborted === true) break;
        if (rows.length < BATCH && characters < BATCH_CHARACTERS) continue;
        copy.take(rows, at);
        [ours, rows, at, characters] = [true, [], null, 0];
      }
    } finally {
      // Where the connection is lost again and again, each read begins where the one before it was cut off.
      if (at !== null) copy.take(rows, at);
    }
    return { ours: ours || rows.length > 0, complete: count < limit };
  };

  const catchUp = async (signal?: AbortSignal): Promise<boolean> => {
    for (let any = false; ;) {
      const { ours, complete } = await readOn(PAGE, signal);
      any ||= ours;
      if (complete || signal?.aborted === true) return any;
    }
  };

  /** Takes events as they are stored. @returns when the server drops the subscription, or was silent while there was news. */
  const live = async (signal: AbortSignal): Promise<void> => {
    // Its checkpoints are not used: the client tells them before the events in front of them have been taken.
    const filter = streamNameFilter({ prefixes: [names.prefix] });
    const options = { fromPosition: from(), filter, credentials };
    const subscription = client.subscribeToAll(options, { highWaterMark: BATCH });
    for await (const batch of liveBatches(subscription, { silenceMs: deadlines.silenceMs, signal })) {
      if (batch !== 'silence') take(batch);
      else if (await catchUp(signal)) return; // the subscription is dead: it did not bring what is there
      [failing, tries] = [null, 0];
    }
  };

  return {
    catchUp,
    run: async (signal) => {
      const ended = (): boolean => signal.aborted;
      while (!ended()) {
        try {
          await requireSameLog({ connection, names, copy, deadlines });
          // A server that gives events is well: it dropped the subscription because there are many, and more wait.
          if (await catchUp(signal)) tries = 0;
          failing = null;
          await live(signal);
        } catch (error) {
          if (ended()) return;
          if (error instanceof LogDamaged) {
            stopped = error.message;
            return;
          }
          failing = { why: wordsOf(error), since: failing?.since ?? performance.now() };
        }
        await pause(retryPauseMs(tries++), undefined, { signal }).catch(() => undefined);
      }
    },
    status: () => ({
      failing: failing?.why ?? null,
      failingForMs: failing === null ? null : Math.round(performance.now() - failing.since),
      stopped,
    }),
  };
}

function comparePositions(a: Position, b: Position): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  return a.prepare === b.prepare ? 0 : a.prepare < b.prepare ? -1 : 1;
}
