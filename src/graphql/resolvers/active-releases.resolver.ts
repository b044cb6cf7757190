import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { BadUserInput, Unavailable } from '../../domain';
import { type ActiveReleasesRow } from '../../projections';
import { Reads } from '../access';
import { type GraphqlContext } from '../context';
import { toActiveReleases } from '../mappers/active-releases.mapper';
import { DateTimeScalar, PositionScalar } from '../scalars';
import { ActiveEntry, ActiveReleases } from '../types/active-releases.type';
import { Package } from '../types/package.type';
import { Release } from '../types/release.type';
import { packageOf, releaseByKey } from './nested';
import { type Optional } from './optional';

@Resolver(() => ActiveEntry)
export class ActiveReleasesResolver {
  @Query(() => ActiveReleases, {
    description:
      'The active pointer, now or at a moment of the past. A moment before the first event, or before the first commit of an adopted history, is `OUT_OF_HISTORY`.',
  })
  @Reads('release:read')
  async activeReleases(
    @Arg('at', () => DateTimeScalar, { nullable: true, description: 'As of this moment; not one of the future.' })
    at: Optional<string>,
    @Arg('position', () => PositionScalar, {
      nullable: true,
      description: 'As of this place in the log. Give this or `at`, not both.',
    })
    position: Optional<string>,
    @Ctx() context: GraphqlContext,
  ): Promise<ActiveReleases> {
    return toActiveReleases(await pointerAsOf(context, at ?? null, position ?? null));
  }

  @FieldResolver(() => Package, { description: 'The package.' })
  package(@Root() { packageId }: ActiveEntry, @Ctx() context: GraphqlContext): Promise<Package> {
    return packageOf(context, packageId);
  }

  @FieldResolver(() => Release, {
    nullable: true,
    description: 'The release; null where an adopted pointer named a directory that was not there.',
  })
  release(@Root() { packageId, version }: ActiveEntry, @Ctx() { loaders }: GraphqlContext): Promise<Release | null> {
    return releaseByKey(loaders, packageId, version);
  }
}

async function pointerAsOf(
  context: GraphqlContext,
  at: string | null,
  position: string | null,
): Promise<ActiveReleasesRow> {
  const { clock, projections } = context;
  if (at !== null && position !== null) throw new BadUserInput('at', 'is given together with position. Give one.');
  if (at !== null && at > clock.now()) throw new BadUserInput('at', `${at} lies in the future. Ask for the past.`);
  if (at !== null) return projections.readModel.activeAt(at);
  if (position !== null) {
    await context.seen(position);
    return projections.readModel.activeAtPosition(position);
  }
  const now = projections.readModel.activeNow();
  if (now === null) throw new Unavailable('The repository is being adopted. Try again when that is finished.');
  return now;
}
