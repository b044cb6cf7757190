import { type Position } from '../domain';
import { type EventStore, type Pulse } from '../eventstore';
import { requireSeenPosition } from './positions';
import { activationsAfter } from './queries/activation.queries';
import { events, loadEvents } from './queries/event.queries';
import { releaseChangesAfter } from './queries/release-change.queries';
import { type Statements } from './queries/statements';
import { type Feeds } from './read-model';

/** How many events a feed reads at once. */
const PAGE = 50;

interface Rows<Row> {
  readonly rows: readonly Row[];
  /** Up to here, inclusive, the log has been read; null before its first event. */
  readonly through: Position | null;
}

/** Endless lists over the tables of one connection. They look again whenever `moved` beats; it beats
 * once more when `closed` aborts, which ends them. */
export function createFeeds(parts: {
  readonly statements: Statements;
  readonly store: EventStore;
  readonly seen: () => Position | null;
  readonly moved: Pulse;
  readonly closed: AbortSignal;
}): Feeds {
  const { statements, store, seen, moved, closed } = parts;

  const from = (after: Position | null | undefined): Position | null => {
    if (after === null || after === undefined) return seen();
    requireSeenPosition(store.logId, after, seen());
    return after;
  };
  const upTo = <Row extends { readonly position: Position }>(read: () => readonly Row[], limit = 1): Rows<Row> => {
    // Read together with the rows: what is committed later is not theirs.
    const end = seen();
    const rows = read();
    const through = rows.length < limit ? end : (rows.at(-1)?.position ?? end);
    return { rows, through };
  };
  const follow = <Row>(
    start: Position | null,
    read: (after: Position | null) => Rows<Row> | Promise<Rows<Row>>,
    signal: AbortSignal,
  ): AsyncIterable<Row> => endless({ start, read, moved, signal, ended: () => signal.aborted || closed.aborted });

  return {
    activations: ({ packages, after, published = false }, signal) =>
      follow(
        from(after),
        (cursor) => {
          const all = upTo(() => activationsAfter(statements, cursor, packages, PAGE), PAGE);
          const waiting = published === true ? all.rows.findIndex(({ commit }) => commit === null) : -1;
          if (waiting < 0) return all;
          const rows = all.rows.slice(0, waiting);
          return { rows, through: rows.at(-1)?.position ?? cursor };
        },
        signal,
      ),
    releaseChanges: ({ packages, after }, signal) =>
      follow(from(after), (cursor) => upTo(() => releaseChangesAfter(statements, cursor, packages, PAGE)), signal),
    events: ({ types, package: id, after }, signal) =>
      follow(
        from(after),
        async (cursor) => {
          const page = upTo(
            () => events(statements, { after: cursor }, { types, package: id }, PAGE).edges.map(({ node }) => node),
            PAGE,
          );
          const loaded = await loadEvents(
            statements,
            store,
            page.rows.map((row) => row.id),
          );
          return { rows: loaded.filter((event) => event !== null), through: page.through };
        },
        signal,
      ),
  };
}

async function* endless<Row>(feed: {
  readonly start: Position | null;
  readonly read: (after: Position | null) => Rows<Row> | Promise<Rows<Row>>;
  readonly moved: Pulse;
  readonly ended: () => boolean;
  readonly signal: AbortSignal;
}): AsyncIterable<Row> {
  const { read, moved, ended, signal } = feed;
  let cursor = feed.start;
  while (!ended()) {
    const beats = moved.count;
    const { rows, through } = await read(cursor);
    for (const row of rows) {
      if (ended()) return;
      yield row;
    }
    // Tables that are being made anew are behind the cursor for a while: nothing is told twice.
    if (through !== null && (cursor === null || through > cursor)) cursor = through;
    // What was committed while reading is looked at before anything is waited for.
    else if (moved.count === beats) await moved.next(signal);
  }
}
