import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { type FastifyInstance, type preParsingHookHandler } from 'fastify';
import { type GraphQLSchema } from 'graphql';
import { Unauthenticated } from '../../domain';
import { createApolloErrors, type GraphqlContext } from '../../graphql';
import { type ContextFactory } from '../graphql-context';
import { type Log } from '../log';
import { depthLimit, MAX_TOKENS, noSubscriptions } from './query-limits';
import { singleHeader } from './identify';
import { systemIds } from '../system';

/** Bytes a request may have before anybody is known to have sent it. */
const ANONYMOUS_BODY_BYTES = 100_000;

/** `POST /graphql`: queries and mutations. */
export async function registerGraphqlEndpoint(
  server: FastifyInstance,
  dependencies: {
    readonly schema: GraphQLSchema;
    readonly contextFor: ContextFactory;
    readonly development: boolean;
    readonly log: Log;
  },
): Promise<void> {
  const { schema, contextFor, development, log } = dependencies;
  const errors = createApolloErrors({ log, newCorrelationId: () => systemIds.uuid() });
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    introspection: development,
    hideSchemaDetailsFromClientErrors: !development,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [depthLimit, noSubscriptions],
    stopOnTerminationSignals: false,
    formatError: errors.formatError,
    plugins: [
      errors.plugin,
      fastifyApolloDrainPlugin(server),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: (request) =>
      Promise.resolve(
        contextFor({
          authorization: request.headers.authorization,
          minPosition: singleHeader(request.headers, 'x-slipway-min-position'),
        }),
      ),
  });
  server.post('/graphql', { preParsing: refuseLargeStrangers(contextFor) }, handler);
}

/** Only those who are signed in may make the server read and parse a large document. */
function refuseLargeStrangers(contextFor: ContextFactory): preParsingHookHandler {
  return (request, reply, payload, done) => {
    const length = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
    if (length <= ANONYMOUS_BODY_BYTES || contextFor.viewer(request.headers.authorization) !== null) {
      done(null, payload);
      return;
    }
    const { code, message } = new Unauthenticated();
    void reply.code(413).send({ errors: [{ message, extensions: { code } }] });
  };
}
