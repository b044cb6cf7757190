import { type AuthChecker, Authorized, Extensions, type MiddlewareFn, UseMiddleware } from 'type-graphql';
import { Forbidden, type Permission, Unauthenticated } from '../domain';
import { type GraphqlContext, refresh } from './context';

/** Name under which a field's access rule stands in its GraphQL extensions. */
export const ACCESS = 'slipwayAccess';

/** What `viewer` asks for: to be signed in, with whatever role. */
export const SIGNED_IN = 'signed in';

/** A field that needs a permission. */
export function Requires(permission: Permission): MethodDecorator {
  return all(Authorized(permission), Extensions({ [ACCESS]: permission }));
}

/** A query that needs a permission, and waits for the position that the request names. */
export function Reads(permission: Permission): MethodDecorator {
  return all(Requires(permission), UseMiddleware(afterMinPosition));
}

/** A mutation that needs a permission. Its answer sees nothing that a mutation before it in the same operation has loaded. */
export function Acts(permission: Permission): MethodDecorator {
  return all(Requires(permission), UseMiddleware(withFreshLoaders));
}

/** A field that anyone who is signed in may ask for. */
export function RequiresSignIn(): MethodDecorator {
  return all(Authorized(), Extensions({ [ACCESS]: SIGNED_IN }));
}

/** Refuses whoever is not signed in, or lacks a permission. @throws Unauthenticated, Forbidden */
export const checkAccess: AuthChecker<GraphqlContext, Permission> = ({ context: { viewer } }, permissions) => {
  if (viewer === null) throw new Unauthenticated();
  const missing = permissions.find((permission) => !viewer.permissions.includes(permission));
  if (missing !== undefined) throw new Forbidden(viewer.actor.id, missing);
  return true;
};

const afterMinPosition: MiddlewareFn<GraphqlContext> = async ({ context }, next) => {
  await context.upToDate();
  await next();
};

const withFreshLoaders: MiddlewareFn<GraphqlContext> = async ({ context }, next) => {
  await next();
  refresh(context);
};

function all(...decorators: readonly MethodDecorator[]): MethodDecorator {
  return (target, key, descriptor) => {
    for (const decorate of decorators) decorate(target, key, descriptor);
  };
}
