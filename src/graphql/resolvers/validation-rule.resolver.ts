import { Ctx, Query, Resolver } from 'type-graphql';
import { Reads } from '../access';
import { type GraphqlContext } from '../context';
import { ValidationRule } from '../types/validation-rule.type';

@Resolver(() => ValidationRule)
export class ValidationRuleResolver {
  @Query(() => [ValidationRule], {
    description: 'Every rule that a validation on this server applies: the list that `slipway rules` prints.',
  })
  @Reads('release:read')
  validationRules(@Ctx() { application }: GraphqlContext): readonly ValidationRule[] {
    return application.validationRules();
  }
}
