import { type EventType, type RecordedEvent } from '../../domain';
import { type SqliteDatabase } from '../../eventstore';

/**
 * Tables that are a function of the log alone: no clock, no look-up outside of them, so that a replay from the first
 * event gives the same rows.
 */
export interface TableSet {
  readonly name: string;
  /** Raised whenever the tables, or what the events put into them, change: then they are made anew from the log. */
  readonly version: number;
  /** Makes the tables, and the indexes that projecting needs. */
  readonly schema: string;
  /** Makes the indexes that queries alone need. */
  readonly indexes: string;
  /** Puts one event into the tables, inside the caller's transaction. */
  readonly projector: (database: SqliteDatabase) => (event: RecordedEvent) => void;
}

/** What to do with each type of event. */
export type Handlers = {
  readonly [Type in EventType]: (event: Extract<RecordedEvent, { readonly type: Type }>) => void;
};

/** @throws Error for a type that the handlers do not know: a log may be newer than the program. */
export function dispatch(handlers: Handlers, event: RecordedEvent): void {
  // The log may hold what the types of this program do not name.
  const handle = handlers[event.type] as ((event: RecordedEvent) => void) | undefined;
  if (handle === undefined) throw new Error(`Events of type ${event.type} are not known.`);
  handle(event);
}
