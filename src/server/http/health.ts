import { type FastifyInstance } from 'fastify';
import { type EventStore, parsePosition, StoreUnavailable } from '../../eventstore';
import { type SlipwayNode } from '../compose';

/** A failure that lasts longer is more than a passing one: consumers of Git are left behind. */
const RETRYING_TOO_LONG_MS = 5_000;

/** `/healthz`: the process answers. `/readyz`: it may be sent work, with what each follower of the log says. */
export function registerHealth(
  server: FastifyInstance,
  node: Pick<SlipwayNode, 'projections' | 'publisher'>,
  store: Pick<EventStore, 'head' | 'logId'>,
): void {
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const lag = await publisherLag(node, store);
    const projections = node.projections.status();
    const publisher = { ...node.publisher.status(), lag };
    const ready =
      lag !== null &&
      projections.caughtUp &&
      projections.stopped === null &&
      publisher.stopped === null &&
      (publisher.retryingForMs ?? 0) <= RETRYING_TOO_LONG_MS;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', projections, publisher });
  });
}

/** Events of the log that are not in Git yet; null when the log cannot be read. */
async function publisherLag(
  { publisher }: Pick<SlipwayNode, 'publisher'>,
  store: Pick<EventStore, 'head' | 'logId'>,
): Promise<number | null> {
  const head = await store.head().catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return error;
    throw error;
  });
  if (head instanceof StoreUnavailable) return null;
  const { position } = publisher.status();
  const placeOf = (at: string | null): bigint => (at === null ? 0n : parsePosition(store.logId, at));
  return Math.max(0, Number(placeOf(head) - placeOf(position)));
}
