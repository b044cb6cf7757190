import { Ctx, Query, Resolver } from 'type-graphql';
import { Unauthenticated } from '../../domain';
import { RequiresSignIn } from '../access';
import { type GraphqlContext } from '../context';
import { Viewer } from '../types/viewer.type';

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who you are to this server, and what you may do.' })
  @RequiresSignIn()
  viewer(@Ctx() { viewer }: GraphqlContext): Viewer {
    if (viewer === null) throw new Unauthenticated();
    return viewer;
  }
}
