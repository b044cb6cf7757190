import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { diskFailure } from '../application';
import { DomainError } from '../domain';
import { fieldOfFault } from './field-of-fault';

/** Where unforeseen errors are written, with everything that a client must not see. */
export interface ErrorLog {
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * The only translation of errors for clients. A refusal carries its stable code and its data; a fault of the request
 * itself carries GraphQL's code; a disk that fails is `UNAVAILABLE`; anything else is masked as `INTERNAL` with a correlation id that also stands in the log.
 */
export function formatGraphqlError(
  error: unknown,
  request: { readonly correlationId: string; readonly log: ErrorLog },
): GraphQLFormattedError {
  const origin = originOf(error);
  const place = placeOf(error);
  if (origin instanceof DomainError) {
    return { message: origin.message, ...place, extensions: { ...origin.data, code: origin.code } };
  }
  const requestFault = error instanceof GraphQLError && origin instanceof GraphQLError ? faultOf(error, origin) : null;
  if (requestFault !== null && error instanceof GraphQLError) {
    const { field: named } = error.extensions;
    const field =
      requestFault !== 'BAD_USER_INPUT' ? null : typeof named === 'string' ? named : fieldOfFault(error.message);
    return {
      message: error.message,
      ...place,
      extensions: { code: requestFault, ...(field === null ? {} : { field }) },
    };
  }
  const { correlationId, log } = request;
  const unavailable = diskFailure(origin);
  if (unavailable !== null) {
    log.error(
      { err: origin, correlationId, path: place.path },
      'The disk failed while a GraphQL operation was answered',
    );
    return { message: unavailable.message, ...place, extensions: { code: unavailable.code, correlationId } };
  }
  log.error({ err: origin, correlationId, path: place.path }, 'Unforeseen error while answering a GraphQL operation');
  return {
    message: `Something went wrong on the server. Tell the operator the correlation id ${correlationId}.`,
    ...place,
    extensions: { code: 'INTERNAL', correlationId },
  };
}

/** Codes of faults that lie in the request itself, as GraphQL servers name them. */
const REQUEST_FAULTS: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** The code of an error that GraphQL itself raised; null when it is no fault of the request. */
function faultOf(error: GraphQLError, origin: GraphQLError): string | null {
  // Apollo puts a code of its own over that of a fault found by validation.
  for (const { code } of [origin.extensions, error.extensions]) {
    if (typeof code === 'string' && REQUEST_FAULTS.has(code)) return code;
  }
  if (error.path !== undefined) return error.message.startsWith('Argument "') ? 'BAD_USER_INPUT' : null;
  if (error.message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  return error.message.startsWith('Variable "$') ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED';
}

/** What was thrown, without the wrappings that GraphQL puts around it on the way. */
function originOf(error: unknown): unknown {
  let origin = error;
  while (origin instanceof GraphQLError && origin.originalError !== undefined) origin = origin.originalError;
  return origin;
}

function placeOf(error: unknown): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  if (!(error instanceof GraphQLError)) return {};
  const { locations, path } = error;
  return { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
}
