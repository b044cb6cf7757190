export { createApolloErrors } from './apollo-errors';
export { createGraphqlContext, type GraphqlContext, type SignedIn } from './context';
export { type ErrorLog, formatGraphqlError } from './errors';
export { buildSlipwaySchema, printSlipwaySchema } from './schema';
