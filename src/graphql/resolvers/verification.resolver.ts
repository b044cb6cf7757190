import { Ctx, Query, Resolver } from 'type-graphql';
import { Reads } from '../access';
import { type GraphqlContext, type VerificationShown } from '../context';
import { Verification } from '../types/verification.type';

@Resolver()
export class VerificationResolver {
  @Query(() => Verification, {
    nullable: true,
    description:
      'The last finished verification of this node: whether the event log, Git and the read models agree. Null before the first one has finished, and where verification in the background is off.',
  })
  @Reads('audit:read')
  verification(@Ctx() { lastVerification }: GraphqlContext): VerificationShown | null {
    return lastVerification();
  }
}
