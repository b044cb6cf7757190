import { PositionUnknown, type Position } from '../domain';
import { type EventStore } from '../eventstore';
import { AUDIT } from './audit/audit.tables';
import { createFeeds } from './create-feeds';
import { createReadModel } from './create-read-model';
import { LogFollower } from './follower/log-follower';
import { HISTORY } from './history/history.tables';
import { requireOwnPosition } from './positions';
import { Statements } from './queries/statements';
import { type Projections } from './read-model';
import { RELEASE_STATE } from './release-state/release-state.tables';
import { openTables } from './tables/open-tables';
import { ProjectedTables } from './tables/projected-tables';
import { publicationsIn } from './tables/publications';
import { type TableSet } from './tables/table-set';

/** What is made from the log. */
export const TABLE_SETS: readonly TableSet[] = [RELEASE_STATE, AUDIT, HISTORY];

export interface ProjectionsOptions {
  /** File of the read model; made when it does not exist, made anew when it is damaged or of another log. */
  readonly path: string;
  readonly store: EventStore;
  /** Awaited after each commit of rows, before it is announced; nothing by default. */
  readonly committed?: (position: Position) => Promise<void>;
  /** Milliseconds until a store or disk that did not answer is tried again; 1,000 by default. */
  readonly retryAfterMs?: number;
  /** Whether other processes append to the log too: then a position ahead of what is seen here may be on its way. No by default. */
  readonly othersAppend?: boolean;
  /** {@link TABLE_SETS} by default. */
  readonly sets?: readonly TableSet[];
}

/**
 * Opens this node's read model. Nothing is read from the log before `start`.
 *
 * @throws StoreUnavailable when the file cannot be opened.
 */
export function createProjections(options: ProjectionsOptions): Projections {
  const {
    path,
    store,
    committed = () => Promise.resolve(),
    retryAfterMs = 1_000,
    sets = TABLE_SETS,
    othersAppend = false,
  } = options;
  const database = openTables(path);
  const tables = new ProjectedTables({ database, logId: store.logId, sets });
  const statements = new Statements(database);
  const follower = new LogFollower({ tables, store, committed, retryAfterMs });
  const { moved } = follower;
  const closed = new AbortController();
  const seen = (): Position | null => tables.position;
  let closing: Promise<void> | null = null;

  return {
    readModel: createReadModel({ statements, store, seen }),
    feeds: createFeeds({ statements, store, seen, moved, closed: closed.signal }),
    publications: publicationsIn(database, moved),
    position: seen,
    status: () => follower.status(),
    start: () => follower.start(),
    waitFor: (position, timeoutMs) =>
      waitFor({ store, follower, position, timeoutMs, othersAppend, closed: closed.signal }),
    close: () => {
      closed.abort();
      return (closing ??= follower.end().then(() => database.close()));
    },
  };
}

async function waitFor(wait: {
  readonly store: EventStore;
  readonly follower: LogFollower;
  readonly position: Position;
  readonly timeoutMs: number;
  readonly othersAppend: boolean;
  readonly closed: AbortSignal;
}): Promise<boolean> {
  const { store, follower, position } = wait;
  const passed = (): boolean => {
    const seen = follower.status().position;
    return seen !== null && seen >= position;
  };
  requireOwnPosition(store.logId, position);
  if (passed()) return true;
  const requireThere = async (): Promise<void> => {
    const head = await store.head();
    if (head !== null && position <= head) return;
    // Out of reach of its store this node cannot know what others have appended: it is behind, and the position may be right.
    if (store.status().failing === null) throw new PositionUnknown(position);
  };
  if (!wait.othersAppend) await requireThere();

  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), wait.timeoutMs);
  const hopeless = (): boolean => late.signal.aborted || wait.closed.aborted || follower.status().stopped !== null;
  try {
    while (!passed() && !hopeless()) await follower.moved.next(late.signal);
    if (!passed()) await requireThere();
    return passed();
  } finally {
    clearTimeout(timer);
  }
}
