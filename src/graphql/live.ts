import { type GraphqlContext, refresh } from './context';
import { type Optional } from './resolvers/optional';

/**
 * A feed as a subscription: fresh loaders before each row, so that every event shows the state after it, and an end that
 * takes effect at once, also while the feed waits for its next row.
 */
export function live<Row>(
  context: GraphqlContext,
  open: (signal: AbortSignal) => AsyncIterable<Row>,
): AsyncIterableIterator<Row> {
  const stop = new AbortController();
  const rows = open(stop.signal)[Symbol.asyncIterator]();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const result = await rows.next();
      context.budget.draftValidations = 0;
      refresh(context);
      return result;
    },
    async return() {
      stop.abort();
      await rows.return?.();
      return { done: true, value: undefined };
    },
  };
}

/**
 * A feed that begins behind a position, which another node may have told: opened when this one has seen it.
 *
 * @throws PositionUnknown; Unavailable when this node does not see it in time.
 */
export async function liveAfter<Row>(
  context: GraphqlContext,
  after: Optional<string>,
  open: (signal: AbortSignal) => AsyncIterable<Row>,
): Promise<AsyncIterableIterator<Row>> {
  await context.seen(after ?? null);
  return live(context, open);
}
