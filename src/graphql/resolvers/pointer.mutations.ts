import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type MoveAnswer } from '../../application';
import { Acts } from '../access';
import { commandContext, type GraphqlContext } from '../context';
import {
  ActivateReleasesInput,
  DeactivateInput,
  RollbackActivationInput,
  RollbackInput,
} from '../inputs/pointer.inputs';
import { toActivationAfterCommand } from '../mappers/activation.mapper';
import { ActivationPayload } from '../types/payloads.type';
import { INPUT } from './input-arg';

@Resolver()
export class PointerMutations {
  @Mutation(() => ActivationPayload, {
    description: 'Puts releases into production, all of them in one move and one Git commit, or none.',
  })
  @Acts('release:activate')
  async activateReleases(
    @Arg('input', () => ActivateReleasesInput, INPUT) input: ActivateReleasesInput,
    @Ctx() context: GraphqlContext,
  ): Promise<ActivationPayload> {
    return toPayload(await context.application.activateReleases(input, commandContext(context)));
  }

  @Mutation(() => ActivationPayload, {
    description: 'Moves one package back to a release that was in production before.',
  })
  @Acts('release:rollback')
  async rollback(
    @Arg('input', () => RollbackInput, INPUT) input: RollbackInput,
    @Ctx() context: GraphqlContext,
  ): Promise<ActivationPayload> {
    return toPayload(await context.application.rollback(input, commandContext(context)));
  }

  @Mutation(() => ActivationPayload, { description: 'Takes a whole activation back, as a set, in one move.' })
  @Acts('release:rollback')
  async rollbackActivation(
    @Arg('input', () => RollbackActivationInput, INPUT) input: RollbackActivationInput,
    @Ctx() context: GraphqlContext,
  ): Promise<ActivationPayload> {
    return toPayload(await context.application.rollbackActivation(input, commandContext(context)));
  }

  @Mutation(() => ActivationPayload, {
    description: 'Takes packages out of production, all of them in one move, or none. Their releases stay.',
  })
  @Acts('release:activate')
  async deactivate(
    @Arg('input', () => DeactivateInput, INPUT) input: DeactivateInput,
    @Ctx() context: GraphqlContext,
  ): Promise<ActivationPayload> {
    return toPayload(await context.application.deactivate(input, commandContext(context)));
  }
}

function toPayload(answer: MoveAnswer): ActivationPayload {
  return { activation: toActivationAfterCommand(answer), position: answer.position };
}
