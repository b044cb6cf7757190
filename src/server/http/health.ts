import { type FastifyInstance } from 'fastify';

/** One thing that decides whether this node may be sent work, and what `/readyz` says of it under its name. */
export interface ReadinessPart {
  readonly name: string;
  /** `detail` is shown to anybody who asks: no secrets, no content. */
  check(): Promise<{ readonly ready: boolean; readonly detail: object }>;
}

/** `/healthz`: the process answers. `/readyz`: it may be sent work, with what each part says. */
export function registerHealth(server: FastifyInstance, parts: readonly ReadinessPart[]): void {
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const checked = await Promise.all(parts.map(async (part) => ({ name: part.name, ...(await part.check()) })));
    const ready = checked.every((part) => part.ready);
    const details = Object.fromEntries(checked.map(({ name, detail }) => [name, detail]));
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', ...details });
  });
}
