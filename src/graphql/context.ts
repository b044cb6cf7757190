import { type Application, type Clock, type CommandContext } from '../application';
import { type Actor, type Permission, type Position, permissionsOf, Unauthenticated, Unavailable } from '../domain';
import { type Projections } from '../projections';
import { createLoaders, type Loaders, type OperationBudget } from './loaders';

/** Milliseconds a query waits for this node to have seen the position it asks for. */
const MIN_POSITION_TIMEOUT_MS = 5_000;

/** Who sent the request, and what that allows. */
export interface SignedIn {
  readonly actor: Actor;
  readonly roles: readonly string[];
  readonly permissions: readonly Permission[];
}

/** What is shown of a verification. */
export interface VerificationShown {
  readonly passed: boolean;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly events: number;
  readonly position: string | null;
  readonly unpublished: number;
  readonly checks: readonly {
    readonly check: string;
    readonly passed: boolean;
    readonly compared: number;
    readonly unchecked: string | null;
    readonly difference: {
      readonly what: string;
      readonly event: string | null;
      readonly expected: string | null;
      readonly found: string | null;
    } | null;
  }[];
}

/** What every resolver gets: one for each request, and for each subscription. */
export interface GraphqlContext {
  /** Null when nobody is signed in: every field of the three root types is refused then. */
  readonly viewer: SignedIn | null;
  readonly application: Application;
  readonly projections: Pick<Projections, 'readModel' | 'feeds'>;
  /** The last verification that has finished; null before the first. */
  readonly lastVerification: () => VerificationShown | null;
  readonly clock: Clock;
  /** Stands in the events of a mutation, in the log, and in the answer when something unforeseen happens. */
  readonly correlationId: string;
  /** Exchanged for fresh ones wherever the state moves on: see {@link refresh}. */
  loaders: Loaders;
  readonly budget: OperationBudget;
  /**
   * Waits until this node has seen the position that the request names.
   * @throws PositionUnknown; Unavailable when it takes too long.
   */
  readonly upToDate: () => Promise<void>;
  /** Waits in the same way for a position that an argument names; for none when there is none. */
  readonly seen: (position: Position | null) => Promise<void>;
}

/** Builds the context of one request or one subscription. `viewer` comes from the verified token alone. */
export function createGraphqlContext(request: {
  readonly viewer: { readonly actor: Actor; readonly roles: readonly string[] } | null;
  readonly application: Application;
  readonly projections: Pick<Projections, 'readModel' | 'feeds' | 'waitFor'>;
  readonly lastVerification?: () => VerificationShown | null;
  readonly clock: Clock;
  readonly correlationId: string;
  /** Header `x-slipway-min-position`; null without one. */
  readonly minPosition: string | null;
}): GraphqlContext {
  const {
    viewer,
    application,
    projections,
    clock,
    correlationId,
    minPosition,
    lastVerification = () => null,
  } = request;
  const budget = { draftValidations: 0, planTargets: 0 };
  let waiting: Promise<void> | null = null;
  return {
    viewer: viewer === null ? null : { ...viewer, permissions: permissionsOf(viewer.roles) },
    application,
    projections,
    lastVerification,
    clock,
    correlationId,
    loaders: createLoaders({ application, projections, budget }),
    budget,
    upToDate: () => (waiting ??= waitFor(projections, minPosition)),
    seen: (position) => waitFor(projections, position),
  };
}

/** Forgets what nested fields have loaded: what is asked from here on sees the state of now. */
export function refresh(context: GraphqlContext): void {
  context.loaders = createLoaders(context);
}

/** Who gives a command. @throws Unauthenticated */
export function commandContext({ viewer, correlationId }: GraphqlContext): CommandContext {
  if (viewer === null) throw new Unauthenticated();
  return { actor: viewer.actor, correlationId };
}

async function waitFor(projections: Pick<Projections, 'waitFor'>, position: Position | null): Promise<void> {
  if (position === null || (await projections.waitFor(position, MIN_POSITION_TIMEOUT_MS))) return;
  throw new Unavailable('This node has not caught up with the position you asked for yet. Try again.');
}
