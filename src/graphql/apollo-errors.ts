import { type ApolloServerPlugin } from '@apollo/server';
import { type GraphQLFormattedError } from 'graphql';
import { type GraphqlContext } from './context';
import { type ErrorLog, formatGraphqlError } from './errors';

/**
 * {@link formatGraphqlError} in the two parts that Apollo wants: its `formatError` is not told which request an error
 * belongs to, so the plugin remembers it.
 */
export function createApolloErrors(dependencies: {
  readonly log: ErrorLog;
  /** For errors outside of any operation. */
  readonly newCorrelationId: () => string;
}): {
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly plugin: ApolloServerPlugin<GraphqlContext>;
} {
  const { log, newCorrelationId } = dependencies;
  const correlationIds = new WeakMap<object, string>();
  return {
    formatError: (_formatted, error) => {
      const known = typeof error === 'object' && error !== null ? correlationIds.get(error) : undefined;
      return formatGraphqlError(error, { log, correlationId: known ?? newCorrelationId() });
    },
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didEncounterErrors: ({ errors, contextValue }) => {
            for (const error of errors) correlationIds.set(error, contextValue.correlationId);
            return Promise.resolve();
          },
        }),
    },
  };
}
