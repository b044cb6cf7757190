import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import { type ReleaseChangeRow } from '../../projections';
import { Requires } from '../access';
import { type GraphqlContext } from '../context';
import { liveAfter } from '../live';
import { toReleaseChange } from '../mappers/release-change.mapper';
import { PositionScalar } from '../scalars';
import { Release } from '../types/release.type';
import { ReleaseChange } from '../types/release-change.type';
import { releaseByKey } from './nested';
import { type Optional } from './optional';
import { RESUME, type Subscribing } from './subscribing';

type Feed = GraphqlContext['projections']['feeds']['releaseChanges'];

@Resolver(() => ReleaseChange)
export class ReleaseChangeResolver {
  @Subscription(() => ReleaseChange, {
    name: 'releaseChanges',
    description: 'Releases as they are committed, staged, released and superseded.',
    subscribe: ({ args, context }: Subscribing<Parameters<Feed>[0]>) =>
      liveAfter(context, args.after, (signal) => context.projections.feeds.releaseChanges(args, signal)),
  })
  @Requires('release:read')
  releaseChanged(
    @Root() row: ReleaseChangeRow,
    @Arg('packages', () => [ID], { nullable: true, description: 'Only releases of these packages.' })
    _packages: Optional<readonly string[]>,
    @Arg('after', () => PositionScalar, RESUME) _after: Optional<string>,
  ): ReleaseChange {
    return toReleaseChange(row);
  }

  @FieldResolver(() => Release, { description: 'The release as it is now, which may be later than this change.' })
  release(@Root() { packageId, version }: ReleaseChange, @Ctx() { loaders }: GraphqlContext): Promise<Release | null> {
    return releaseByKey(loaders, packageId, version);
  }
}
