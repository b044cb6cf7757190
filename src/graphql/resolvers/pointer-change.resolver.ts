import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext } from '../context';
import { PointerChange } from '../types/activation.type';
import { Package } from '../types/package.type';
import { Release } from '../types/release.type';
import { packageOf, releaseByKey } from './nested';

@Resolver(() => PointerChange)
export class PointerChangeResolver {
  @FieldResolver(() => Package, { description: 'The package.' })
  package(@Root() { packageId }: PointerChange, @Ctx() context: GraphqlContext): Promise<Package> {
    return packageOf(context, packageId);
  }

  @FieldResolver(() => Release, { nullable: true, description: 'What is active after the move; null when nothing is.' })
  release(
    @Root() { packageId, toVersion }: PointerChange,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<Release | null> {
    return releaseByKey(loaders, packageId, toVersion);
  }
}
