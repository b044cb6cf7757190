import { type Server } from 'node:http';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { type Context, type SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { formatGraphqlError } from '../../graphql';
import { type ContextFactory } from '../graphql-context';
import { depthLimit, MAX_TOKENS } from '../http/query-limits';
import { type Log } from '../log';
import { systemIds } from '../system';
import { MAX_SOCKETS, MAX_SUBSCRIPTIONS, SocketCount } from './socket-limits';

const PATH = '/graphql';
const MAX_MESSAGE_BYTES = 64 * 1024;
const KEEP_ALIVE_MS = 12_000;
const FORBIDDEN = 4403;
const TOO_MANY = 4429;
const GOING_AWAY = 1001;

type SocketContext = Context<Record<string, unknown>, Extra>;

/** `ws://HOST:PORT/graphql`, subprotocol `graphql-transport-ws`: subscriptions only, under the same limits as HTTP. */
export function attachSubscriptions(
  server: Server,
  {
    schema,
    contextFor,
    log,
  }: { readonly schema: GraphQLSchema; readonly contextFor: ContextFactory; readonly log: Log },
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    // Node listens no longer: a client that leaves here would end the process.
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?', 1)[0] !== PATH || !isSameOrigin(request.headers.origin, request.headers.host)) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (upgraded) => {
      sockets.emit('connection', upgraded, request);
      logErrors(upgraded, log);
    });
  });
  const open = new SocketCount();

  const masked = (errors: readonly GraphQLError[]) =>
    errors.map((error) => formatGraphqlError(error, { correlationId: systemIds.uuid(), log }));

  /** A token that was revoked ends its sockets at the next thing they ask for or would be sent; nothing more is delivered. */
  const endIfRevoked = (context: SocketContext): GraphQLError | null => {
    if (contextFor.viewer(authorizationOf(context)) !== null) return null;
    context.extra.socket.close(FORBIDDEN, 'Forbidden');
    return new GraphQLError('The token was revoked.', { extensions: { code: 'UNAUTHENTICATED' } });
  };

  const graphql = useServer(
    {
      schema,
      onConnect: (context: SocketContext) => {
        const token = contextFor.viewer(authorizationOf(context));
        if (token === null) return false;
        const { socket } = context.extra;
        if (open.take(token.id, socket)) return true;
        socket.close(TOO_MANY, `At most ${String(MAX_SOCKETS)} sockets for one token`);
        return false;
      },
      context: (context) => contextFor({ authorization: authorizationOf(context), minPosition: null }),
      onSubscribe: (context: SocketContext, _id, payload) => {
        const refusal = endIfRevoked(context) ?? tooMany(context);
        return refusal === null ? prepare(schema, payload) : [refusal];
      },
      onNext: (context: SocketContext, _id, _payload, _args, result) => {
        const revoked = endIfRevoked(context);
        if (revoked !== null) return { errors: [revoked] }; // goes nowhere: the socket is closing
        return result.errors === undefined ? undefined : { ...result, errors: masked(result.errors) };
      },
      onError: (_context, _id, _payload, errors) => masked(errors),
    },
    sockets,
    KEEP_ALIVE_MS,
  );
  return {
    close: async () => {
      for (const client of sockets.clients) client.close(GOING_AWAY, 'Going away');
      await graphql.dispose();
    },
  };
}

/** One line in our own log, in the place of the library's stack trace on the console; `ws` closes the socket itself. */
function logErrors(socket: WebSocket, log: Log): void {
  socket.removeAllListeners('error');
  socket.on('error', ({ message }) => log.warn({ reason: message }, 'a socket failed'));
}

/** The subscription that is asked for counts already. */
function tooMany({ subscriptions }: SocketContext): GraphQLError | null {
  if (Object.keys(subscriptions).length <= MAX_SUBSCRIPTIONS) return null;
  const message = `One socket carries at most ${String(MAX_SUBSCRIPTIONS)} subscriptions. End one, or open another socket.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** What to execute, or why not: the socket bypasses Apollo, so everything that guards HTTP is done here again. */
function prepare(schema: GraphQLSchema, payload: SubscribePayload) {
  const { query, operationName, variables } = payload;
  let document;
  try {
    document = parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
  const faults = validate(schema, document, [...specifiedRules, depthLimit]);
  if (faults.length > 0) return faults;
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
    return [new GraphQLError('Only subscriptions are answered here. Send queries and mutations as POST /graphql.')];
  }
  return { schema, document, operationName: operationName ?? null, variableValues: variables ?? {} };
}

/** Clients send the token as they do over HTTP: `{ Authorization: "Bearer TOKEN" }` in `connection_init`. */
function authorizationOf({ connectionParams }: Pick<Context, 'connectionParams'>): string | undefined {
  const value = connectionParams?.Authorization ?? connectionParams?.authorization;
  return typeof value === 'string' ? value : undefined;
}

/** Browsers name the page that opens a socket; programs do not. */
function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
