import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { diskFailure } from '../../application';
import { type Log } from '../log';
import { systemIds } from '../system';
import { refusalOf } from './plain-reads';

/** Bytes of one request: a save may carry many files. */
const BODY_BYTES = 20 * 1024 * 1024;

/** Where GraphQL is answered. */
export const GRAPHQL_PATH = '/graphql';

/** What the framework would load to compile schemas of routes; ours have none, and check what they read themselves. */
const noSchemas = () => () => {
  throw new Error('Routes have no schemas here.');
};

/** A server without routes: what every answer has in common. */
export function createHttpServer(log: Log): FastifyInstance {
  const server = fastify({
    bodyLimit: BODY_BYTES,
    forceCloseConnections: 'idle',
    logger: false,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    // Refused before there is a route: no hook and no error handler sees it.
    frameworkErrors: (_error, request, reply) => {
      reply.header('cache-control', 'no-store');
      answer(request, reply, 400, { code: 'BAD_USER_INPUT', message: 'The address cannot be read.' });
    },
  });
  let closing = false;
  server.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  server.addHook('onSend', async (request, reply) => {
    // A connection that is kept alive after its answer would keep a stopping process alive as long.
    if (closing) reply.header('connection', 'close');
    // Answers depend on who asks: no cache on the way may keep them unless the route says so.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    return Promise.resolve();
  });
  server.setNotFoundHandler((request, reply) =>
    answer(request, reply, 404, {
      code: 'BAD_USER_INPUT',
      message: `There is nothing at ${request.method} ${request.url}. GraphQL is answered at POST ${GRAPHQL_PATH}.`,
    }),
  );
  server.setErrorHandler((error, request, reply) => {
    const unavailable = diskFailure(error);
    if (unavailable !== null) log.error({ err: error }, 'The disk failed while a request was answered');
    const refusal = refusalOf(unavailable ?? error);
    if (refusal !== null) return reply.code(refusal.status).send(refusal.body);
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status < 500)
      return answer(request, reply, status, { code: 'BAD_USER_INPUT', message: 'The request cannot be read.' });
    const correlationId = systemIds.uuid();
    log.error({ err: error, correlationId }, 'Unforeseen error while answering a request');
    return answer(request, reply, 500, {
      code: 'INTERNAL',
      message: `Something went wrong. Correlation id ${correlationId}.`,
    });
  });
  return server;
}

/** GraphQL clients get the shape they can read. */
function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  { code, message }: { readonly code: string; readonly message: string },
): FastifyReply {
  const isGraphql = request.url.split('?', 1)[0] === GRAPHQL_PATH;
  return reply
    .code(status)
    .send(isGraphql ? { errors: [{ message, extensions: { code } }] } : { error: { code, message } });
}
