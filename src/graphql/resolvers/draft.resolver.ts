import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Reads } from '../access';
import { type GraphqlContext } from '../context';
import { toChangeClassification } from '../mappers/change-classification.mapper';
import { toConnection } from '../mappers/connection.mapper';
import { toDraft } from '../mappers/draft.mapper';
import { pageOfDrafts } from '../mappers/draft-page';
import { toRelease } from '../mappers/release.mapper';
import { toDraftReport } from '../mappers/validation-report.mapper';
import { Artifact, ArtifactDiff } from '../types/artifact.type';
import { ChangeClassification } from '../types/change-classification.type';
import { type ConnectionShape } from '../types/connection.type';
import { DraftConnection } from '../types/connections';
import { Draft } from '../types/draft.type';
import { Package } from '../types/package.type';
import { Release } from '../types/release.type';
import { ValidationReport } from '../types/validation-report.type';
import { packageOf } from './nested';
import { type Optional } from './optional';
import { AFTER, first, pageOf } from './page-args';

@Resolver(() => Draft)
export class DraftResolver {
  @Query(() => DraftConnection, { description: 'Drafts that exist now, newest first.' })
  @Reads('release:read')
  async drafts(
    @Arg('package', () => ID, { nullable: true, description: 'Only drafts of this package.' }) id: Optional<string>,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { application }: GraphqlContext,
  ): Promise<ConnectionShape<Draft>> {
    const page = pageOf(limit, 50, after);
    return toConnection(pageOfDrafts(await application.listDrafts(id ?? null), page), toDraft);
  }

  @Query(() => Draft, { nullable: true, description: 'One draft; null when there is none of this id.' })
  @Reads('release:read')
  async draft(
    @Arg('id', () => ID, { description: 'The draft.' }) id: string,
    @Ctx() { application }: GraphqlContext,
  ): Promise<Draft | null> {
    const draft = await application.getDraft(id);
    return draft === null ? null : toDraft(draft);
  }

  @FieldResolver(() => Package, { description: 'The package it edits; one that does not exist yet has only its id.' })
  package(@Root() { packageId }: Draft, @Ctx() context: GraphqlContext): Promise<Package> {
    return packageOf(context, packageId);
  }

  @FieldResolver(() => Boolean, {
    description:
      'True when its base is what production reads now. When it is not, activating what comes of it would undo a release.',
  })
  async baseIsActive(@Root() { packageId, baseVersion }: Draft, @Ctx() { loaders }: GraphqlContext): Promise<boolean> {
    const row = await loaders.package.load(packageId);
    return (row?.activeVersion ?? null) === baseVersion;
  }

  @FieldResolver(() => [Artifact], { description: 'Its files as they stand, sorted by path.' })
  artifacts(@Root() { answer }: Draft, @Ctx() { loaders }: GraphqlContext): Promise<readonly Artifact[]> {
    return loaders.artifacts.load(answer.tree);
  }

  @FieldResolver(() => Artifact, {
    nullable: true,
    description: 'One file of it; null when there is none at this path.',
  })
  artifact(
    @Root() { answer }: Draft,
    @Arg('path', () => String, { description: 'Path relative to the release directory.' }) path: string,
    @Ctx() { application }: GraphqlContext,
  ): Promise<Artifact | null> {
    return application.artifact(answer.tree, path);
  }

  @FieldResolver(() => [ArtifactDiff], { description: 'What differs from its base.' })
  changes(@Root() { answer }: Draft, @Ctx() { application }: GraphqlContext): Promise<readonly ArtifactDiff[]> {
    return application.draftChanges(answer);
  }

  @FieldResolver(() => [Release], { description: 'What was committed from it, newest first.' })
  async releases(@Root() { id }: Draft, @Ctx() { loaders }: GraphqlContext): Promise<Release[]> {
    return (await loaders.releasesOfDraft.load(id)).map(toRelease);
  }

  @FieldResolver(() => ChangeClassification, {
    nullable: true,
    description:
      'The change type its content needs, and why. Null when nothing differs from its base but the version, and for a ' +
      'new package. Not stored. It counts like a validation: one operation may ask this of at most 20 drafts in a new state.',
  })
  async classification(
    @Root() { answer }: Draft,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<ChangeClassification | null> {
    const classification = await loaders.draftClassification.load(answer);
    return classification === null ? null : toChangeClassification(classification);
  }

  @FieldResolver(() => ValidationReport, {
    description:
      'What the checks say of it as it stands now. Not stored. One operation may ask this of at most 20 drafts ' +
      'that were not validated before.',
  })
  async validation(@Root() { answer }: Draft, @Ctx() { loaders }: GraphqlContext): Promise<ValidationReport> {
    return toDraftReport(answer, await loaders.draftReport.load(answer));
  }
}
