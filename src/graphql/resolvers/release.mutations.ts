import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Acts } from '../access';
import { commandContext, type GraphqlContext } from '../context';
import { StageReleaseInput, TagReleaseInput } from '../inputs/release.inputs';
import { toReleaseAfterCommand } from '../mappers/release.mapper';
import { toStagingReport } from '../mappers/validation-report.mapper';
import { StagePayload, TagPayload } from '../types/payloads.type';
import { INPUT } from './input-arg';

@Resolver()
export class ReleaseMutations {
  @Mutation(() => StagePayload, {
    description:
      'Validates a committed release and stages it when nothing stands against it. A validation that fails is an ' +
      'answer with its report, not an error.',
  })
  @Acts('release:stage')
  async stageRelease(
    @Arg('input', () => StageReleaseInput, INPUT) input: StageReleaseInput,
    @Ctx() context: GraphqlContext,
  ): Promise<StagePayload> {
    const answer = await context.application.stageRelease(input, commandContext(context));
    const { staged, position } = answer;
    return { staged, release: toReleaseAfterCommand(answer), report: toStagingReport(answer), position };
  }

  @Mutation(() => TagPayload, {
    description: 'Marks a staged or adopted release with an annotated Git tag. Tagging again answers the first tag.',
  })
  @Acts('release:tag')
  async tagRelease(
    @Arg('input', () => TagReleaseInput, INPUT) input: TagReleaseInput,
    @Ctx() context: GraphqlContext,
  ): Promise<TagPayload> {
    const answer = await context.application.tagRelease(input, commandContext(context));
    return { tag: answer.tag, release: toReleaseAfterCommand(answer), position: answer.position };
  }
}
