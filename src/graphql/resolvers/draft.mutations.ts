import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Acts } from '../access';
import { commandContext, type GraphqlContext } from '../context';
import {
  AbandonDraftInput,
  CommitDraftInput,
  DiscardChangesInput,
  SaveArtifactsInput,
  StartDraftInput,
} from '../inputs/draft.inputs';
import { toDraft } from '../mappers/draft.mapper';
import { toReleaseAfterCommand } from '../mappers/release.mapper';
import { AbandonDraftPayload, DraftPayload, ReleasePayload } from '../types/payloads.type';
import { INPUT } from './input-arg';

@Resolver()
export class DraftMutations {
  @Mutation(() => DraftPayload, { description: 'Begins editing a package on a draft of its own.' })
  @Acts('draft:edit')
  async startDraft(
    @Arg('input', () => StartDraftInput, INPUT) input: StartDraftInput,
    @Ctx() context: GraphqlContext,
  ): Promise<DraftPayload> {
    return { draft: toDraft(await context.application.startDraft(input, commandContext(context))) };
  }

  @Mutation(() => DraftPayload, { description: 'Saves changed and deleted files in a draft, all or none.' })
  @Acts('draft:edit')
  async saveArtifacts(
    @Arg('input', () => SaveArtifactsInput, INPUT) input: SaveArtifactsInput,
    @Ctx() context: GraphqlContext,
  ): Promise<DraftPayload> {
    return { draft: toDraft(await context.application.saveArtifacts(input, commandContext(context))) };
  }

  @Mutation(() => DraftPayload, {
    description: 'Takes saved changes back: files return to the last commit of the draft, or to its base.',
  })
  @Acts('draft:edit')
  async discardChanges(
    @Arg('input', () => DiscardChangesInput, INPUT) input: DiscardChangesInput,
    @Ctx() context: GraphqlContext,
  ): Promise<DraftPayload> {
    return { draft: toDraft(await context.application.discardChanges(input, commandContext(context))) };
  }

  @Mutation(() => AbandonDraftPayload, {
    description: 'Gives a draft up. What was committed from it stays; nothing else is left.',
  })
  @Acts('draft:edit')
  async abandonDraft(
    @Arg('input', () => AbandonDraftInput, INPUT) input: AbandonDraftInput,
    @Ctx() context: GraphqlContext,
  ): Promise<AbandonDraftPayload> {
    return { draftId: await context.application.abandonDraft(input, commandContext(context)) };
  }

  @Mutation(() => ReleasePayload, {
    description: 'Commits a draft as a release with a version. The draft may commit again until the release is staged.',
  })
  @Acts('release:commit')
  async commitDraft(
    @Arg('input', () => CommitDraftInput, INPUT) input: CommitDraftInput,
    @Ctx() context: GraphqlContext,
  ): Promise<ReleasePayload> {
    const answer = await context.application.commitDraft(input, commandContext(context));
    return { release: toReleaseAfterCommand(answer), position: answer.position };
  }
}
