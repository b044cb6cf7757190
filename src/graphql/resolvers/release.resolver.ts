import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { BadUserInput } from '../../domain';
import { Reads, Requires } from '../access';
import { type GraphqlContext } from '../context';
import { toActivation } from '../mappers/activation.mapper';
import { toConnection } from '../mappers/connection.mapper';
import { toRelease } from '../mappers/release.mapper';
import { toReport } from '../mappers/validation-report.mapper';
import { Activation } from '../types/activation.type';
import { Artifact, ArtifactDiff } from '../types/artifact.type';
import { type ConnectionShape } from '../types/connection.type';
import { ActivationConnection, ReleaseConnection, ValidationReportConnection } from '../types/connections';
import { ReleaseState } from '../types/enums';
import { Package } from '../types/package.type';
import { Release } from '../types/release.type';
import { ValidationReport } from '../types/validation-report.type';
import { activationById, packageOf, releaseByKey, reportById } from './nested';
import { type Optional } from './optional';
import { AFTER, first, pageOf } from './page-args';

@Resolver(() => Release)
export class ReleaseResolver {
  @Query(() => ReleaseConnection, {
    description: 'Releases of all packages, newest change first: what a board of releases shows.',
  })
  @Reads('release:read')
  releases(
    @Arg('states', () => [ReleaseState], { nullable: true, description: 'Only releases in one of these states.' })
    states: Optional<readonly ReleaseState[]>,
    @Arg('kind', () => String, { nullable: true, description: 'Only packages of this kind.' }) kind: Optional<string>,
    @Arg('package', () => ID, { nullable: true, description: 'Only releases of this package.' }) id: Optional<string>,
    @Arg('valid', () => Boolean, {
      nullable: true,
      description: 'Only releases whose latest validation passed (true) or failed (false).',
    })
    valid: Optional<boolean>,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<Release> {
    const filter = { states, kind, package: id, valid };
    return toConnection(projections.readModel.releases(filter, pageOf(limit, 50, after)), toRelease);
  }

  @Query(() => Release, { nullable: true, description: 'One release; null when there is none.' })
  @Reads('release:read')
  release(
    @Arg('package', () => ID, { description: 'The package.' }) id: string,
    @Arg('version', () => String, { description: 'The version.' }) version: string,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<Release | null> {
    return releaseByKey(loaders, id, version);
  }

  @Query(() => ValidationReport, {
    nullable: true,
    description: 'One stored validation report; null when there is none of this id.',
  })
  @Reads('release:read')
  validationReport(
    @Arg('id', () => ID, { description: 'The report.' }) id: string,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<ValidationReport | null> {
    return reportById(loaders, id);
  }

  @FieldResolver(() => Package, { description: 'The package it is a release of.' })
  package(@Root() { packageId }: Release, @Ctx() context: GraphqlContext): Promise<Package> {
    return packageOf(context, packageId);
  }

  @FieldResolver(() => ValidationReport, {
    nullable: true,
    description: 'The latest validation of its content; null while there was none.',
  })
  async validation(@Root() release: Release, @Ctx() { loaders }: GraphqlContext): Promise<ValidationReport | null> {
    const known = release.reportId === undefined ? await current(release, loaders) : release;
    return reportById(loaders, known?.reportId ?? null);
  }

  @FieldResolver(() => ValidationReportConnection, { description: 'Every validation of it, newest first.' })
  validations(
    @Root() { packageId, version }: Release,
    @Arg('first', () => Int, first(20)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<ValidationReport> {
    const key = { package: packageId, version };
    return toConnection(projections.readModel.reportsOfRelease(key, pageOf(limit, 20, after)), toReport);
  }

  @FieldResolver(() => [Artifact], { description: 'Its files, sorted by path.' })
  artifacts(@Root() { tree }: Release, @Ctx() { loaders }: GraphqlContext): Promise<readonly Artifact[]> {
    return loaders.artifacts.load(tree);
  }

  @FieldResolver(() => Artifact, {
    nullable: true,
    description: 'One file of it; null when there is none at this path.',
  })
  artifact(
    @Root() { tree }: Release,
    @Arg('path', () => String, { description: 'Path relative to the release directory.' }) path: string,
    @Ctx() { application }: GraphqlContext,
  ): Promise<Artifact | null> {
    return application.artifact(tree, path);
  }

  @FieldResolver(() => [ArtifactDiff], { description: 'What differs from another release of the package.' })
  async diff(
    @Root() { packageId, baseVersion, tree }: Release,
    @Arg('against', () => String, {
      nullable: true,
      description: 'The version to compare with; by default its base. Without a base every file counts as added.',
    })
    against: Optional<string>,
    @Ctx() { application, loaders }: GraphqlContext,
  ): Promise<readonly ArtifactDiff[]> {
    const base = await releaseByKey(loaders, packageId, against ?? baseVersion);
    if (base === null && against != null) throw new BadUserInput('against', `${packageId} has no release ${against}.`);
    return application.diff(packageId, base?.tree ?? null, tree);
  }

  @FieldResolver(() => ActivationConnection, { description: 'The moves that put it into production, newest first.' })
  @Requires('audit:read')
  activations(
    @Root() { packageId, version }: Release,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<Activation> {
    const key = { package: packageId, version };
    return toConnection(projections.readModel.activationsOfRelease(key, pageOf(limit, 50, after)), toActivation);
  }

  @FieldResolver(() => Activation, {
    nullable: true,
    description:
      'The move that took it out of production: tells a release that was rolled back from one that was superseded. ' +
      'Null unless its state is `SUPERSEDED`.',
  })
  async retiredBy(@Root() release: Release, @Ctx() { loaders }: GraphqlContext): Promise<Activation | null> {
    const known = release.retiringMove === undefined ? await current(release, loaders) : release;
    return activationById(loaders, known?.retiringMove ?? null);
  }
}

/** The same release as the read model knows it now. */
function current({ packageId, version }: Release, loaders: GraphqlContext['loaders']): Promise<Release | null> {
  return releaseByKey(loaders, packageId, version);
}
