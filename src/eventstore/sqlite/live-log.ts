import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RecordedEvent } from '../../domain';
import { type SubscribeOptions } from '../event-store';
import { Pulse } from '../pulse';
import { type SqliteDatabase } from '../sqlite-driver/sqlite-database';
import { LogReader } from './log-reader';
import { SqliteEventLog } from './sqlite-event-log';

/** A log whose end moves while it is read: reads see it as of their call, subscriptions go on with it. */
export class LiveLog extends SqliteEventLog {
  private readonly following: LogReader;
  private readonly end: { place: number };
  private readonly moved = new Pulse();
  private ended = false;

  /** @param parts.head place of the last event; 0 when there is none. */
  constructor(parts: { readonly database: SqliteDatabase; readonly logId: string; readonly head: number }) {
    const end = { place: parts.head };
    super({ ...parts, head: () => end.place });
    this.end = end;
    this.following = new LogReader(parts);
  }

  /** Place of the last event. */
  get place(): number {
    return this.end.place;
  }

  /** Readers may see the log up to here from now on; those who follow are woken. */
  moveTo(place: number): void {
    this.end.place = place;
    this.moved.notify();
  }

  /** Resolves when the log has moved on, its followers were ended, or the signal aborts. */
  next(signal: AbortSignal): Promise<void> {
    return this.moved.next(signal);
  }

  /** Ends running subscriptions, without an error. */
  endSubscriptions(): void {
    this.ended = true;
    this.moved.notify();
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<RecordedEvent> {
    const { types, signal } = options;
    const ended = (): boolean => signal.aborted || this.ended;
    let cursor = this.placeAfter(options.after);
    while (!ended()) {
      if (cursor === this.place) {
        await this.moved.next(signal);
        continue;
      }
      const { events, through } = this.following.all(cursor, this.place, types);
      for (const event of events) {
        yield event;
        if (ended()) return;
      }
      cursor = through;
      if (cursor < this.place) await nextTurn();
    }
  }
}
