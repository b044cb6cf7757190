import { Arg, Ctx, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { type DriftChangeAnswer } from '../../application';
import { Acts, Reads, Requires } from '../access';
import { commandContext, type GraphqlContext } from '../context';
import { ResolveDriftInput } from '../inputs/drift.inputs';
import { live } from '../live';
import { fromDriftPlace, toDrift, toDriftChange, toResolvedDrift } from '../mappers/drift.mapper';
import { Drift, DriftChange, ResolveDriftPayload } from '../types/drift.type';
import { INPUT } from './input-arg';
import { type Subscribing } from './subscribing';

@Resolver(() => Drift)
export class DriftResolver {
  @Query(() => [Drift], {
    description:
      'Branches and tags that are not what the event log predicts, as seen now: what somebody else moved, who it was and what to do. Empty when all is well.',
  })
  @Reads('audit:read')
  async drift(@Ctx() { application }: GraphqlContext): Promise<readonly Drift[]> {
    return (await application.drifts()).map(toDrift);
  }

  @Mutation(() => ResolveDriftPayload, {
    description:
      'Resolves drift: puts refs back, or takes over what was found there. Who did it and why is stored as an event. Publishing goes on when nothing is left to resolve.',
  })
  @Acts('drift:resolve')
  async resolveDrift(
    @Arg('input', () => ResolveDriftInput, INPUT) input: ResolveDriftInput,
    @Ctx() context: GraphqlContext,
  ): Promise<ResolveDriftPayload> {
    const { remedy, ref, reason } = input;
    const request = { remedy, ref, reason, place: fromDriftPlace(input.place) };
    const resolved = await context.application.resolveDrift(request, commandContext(context));
    return { resolved: resolved.map(toResolvedDrift) };
  }

  @Subscription(() => DriftChange, {
    description: 'Tells within seconds when a branch or tag is moved by somebody else, and when that is resolved.',
    subscribe: ({ context }: Subscribing<object>) =>
      live(context, (signal) => context.application.driftChanges(signal)),
  })
  @Requires('audit:read')
  driftChanged(@Root() change: DriftChangeAnswer): DriftChange {
    return toDriftChange(change);
  }
}
