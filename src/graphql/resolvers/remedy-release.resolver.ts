import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext } from '../context';
import { RemedyRelease } from '../types/activation-plan.type';
import { Package } from '../types/package.type';
import { Release } from '../types/release.type';
import { packageOf, releaseByKey } from './nested';

@Resolver(() => RemedyRelease)
export class RemedyReleaseResolver {
  @FieldResolver(() => Package, { description: 'The package.' })
  package(@Root() { packageId }: RemedyRelease, @Ctx() context: GraphqlContext): Promise<Package> {
    return packageOf(context, packageId);
  }

  @FieldResolver(() => Release, {
    nullable: true,
    description: 'The release; null where this node does not know it yet.',
  })
  release(@Root() { packageId, version }: RemedyRelease, @Ctx() { loaders }: GraphqlContext): Promise<Release | null> {
    return releaseByKey(loaders, packageId, version);
  }
}
