import { type FastifyInstance } from 'fastify';
import { type SlipwayNode } from '../compose';

/** `/healthz`: the process answers. `/readyz`: it may be sent work, with what each follower of the log says. */
export function registerHealth(server: FastifyInstance, node: SlipwayNode): void {
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', (_request, reply) => {
    const projections = node.projections.status();
    const publisher = node.publisher.status();
    const ready = projections.caughtUp && projections.stopped === null && publisher.stopped === null;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', projections, publisher });
  });
}
