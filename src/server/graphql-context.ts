import { createGraphqlContext, type GraphqlContext } from '../graphql';
import { type BackgroundVerifier } from './background-verifier';
import { type SlipwayNode } from './compose';
import { identify } from './http/identify';
import { type TokenRecord, type TokenStore } from './identity/token-store';
import { systemClock, systemIds } from './system';

/** Makes the context of a request or subscription from what its sender claims. */
export interface ContextFactory {
  (request: { readonly authorization: string | undefined; readonly minPosition: string | null }): GraphqlContext;
  /** Whose token it is; null for none, an unknown or a revoked one. */
  viewer(authorization: string | undefined): TokenRecord | null;
}

export function createContextFactory(
  node: SlipwayNode,
  tokens: TokenStore,
  verifier: Pick<BackgroundVerifier, 'last'>,
): ContextFactory {
  const viewer = (authorization: string | undefined): TokenRecord | null => identify(authorization, tokens);
  const create = (request: { authorization: string | undefined; minPosition: string | null }): GraphqlContext => {
    const token = viewer(request.authorization);
    return createGraphqlContext({
      viewer: token === null ? null : { actor: token.actor, roles: [token.role] },
      application: node.application,
      projections: node.projections,
      lastVerification: () => verifier.last(),
      clock: systemClock,
      correlationId: systemIds.uuid(),
      minPosition: request.minPosition,
    });
  };
  return Object.assign(create, { viewer });
}
