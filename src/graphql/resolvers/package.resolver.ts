import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { BadUserInput } from '../../domain';
import { Reads, Requires } from '../access';
import { type GraphqlContext } from '../context';
import { toAuditEntry } from '../mappers/audit-entry.mapper';
import { toConnection } from '../mappers/connection.mapper';
import { toDraft } from '../mappers/draft.mapper';
import { toPackage } from '../mappers/package.mapper';
import { toRelease } from '../mappers/release.mapper';
import { type AuditEntry } from '../types/audit-entry.type';
import { type ConnectionShape } from '../types/connection.type';
import { AuditConnection, PackageConnection, ReleaseConnection } from '../types/connections';
import { Draft } from '../types/draft.type';
import { ReleaseState } from '../types/enums';
import { Package } from '../types/package.type';
import { Release } from '../types/release.type';
import { type Optional } from './optional';
import { AFTER, first, pageOf } from './page-args';
import { packagesByIds } from './nested';

@Resolver(() => Package)
export class PackageResolver {
  @Query(() => PackageConnection, { description: 'All packages, sorted by id.' })
  @Reads('release:read')
  packages(
    @Arg('kind', () => String, { nullable: true, description: 'Only this kind, for example `document_types`.' })
    kind: Optional<string>,
    @Arg('search', () => String, { nullable: true, description: 'Only those whose id or display name contains this.' })
    search: Optional<string>,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<Package> {
    const filter = { kind, search: searchText(search) };
    return toConnection(projections.readModel.packages(filter, pageOf(limit, 50, after)), toPackage);
  }

  @Query(() => Package, { nullable: true, description: 'One package; null when there is none of this id.' })
  @Reads('release:read')
  async package(
    @Arg('id', () => ID, { description: 'The package.' }) id: string,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<Package | null> {
    const row = await loaders.package.load(id);
    return row === null ? null : toPackage(row);
  }

  @FieldResolver(() => Release, { nullable: true, description: 'What production reads; null when nothing is active.' })
  async activeRelease(@Root() { id }: Package, @Ctx() { loaders }: GraphqlContext): Promise<Release | null> {
    const row = await loaders.activeRelease.load(id);
    return row === null ? null : toRelease(row);
  }

  @FieldResolver(() => ReleaseConnection, { description: 'Its releases, highest version first.' })
  releases(
    @Root() { id }: Package,
    @Arg('states', () => [ReleaseState], { nullable: true, description: 'Only releases in one of these states.' })
    states: Optional<readonly ReleaseState[]>,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<Release> {
    const page = projections.readModel.releasesOfPackage(id, { states }, pageOf(limit, 50, after));
    return toConnection(page, toRelease);
  }

  @FieldResolver(() => [Draft], { description: 'Drafts of it that exist now, newest first.' })
  async drafts(@Root() { id }: Package, @Ctx() { loaders }: GraphqlContext): Promise<Draft[]> {
    return (await loaders.draftsOfPackage.load(id)).map(toDraft);
  }

  @FieldResolver(() => [String], {
    description: 'Ids of the packages that its active release requires; empty when nothing is active.',
  })
  requiredInputs(@Root() { id }: Package, @Ctx() { loaders }: GraphqlContext): Promise<readonly string[]> {
    return loaders.requiredInputs.load(id);
  }

  @FieldResolver(() => [Package], { description: 'Packages whose active release requires this one.' })
  async dependants(@Root() { id }: Package, @Ctx() { loaders }: GraphqlContext): Promise<Package[]> {
    return packagesByIds(loaders, await loaders.dependants.load(id));
  }

  @FieldResolver(() => AuditConnection, { description: 'Everything that was ever done to it, newest first.' })
  @Requires('audit:read')
  history(
    @Root() { id }: Package,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<AuditEntry> {
    const page = projections.readModel.auditLog({ package: id }, pageOf(limit, 50, after));
    return toConnection(page, toAuditEntry);
  }
}

const MAX_SEARCH = 1_000;

/**
 * @throws BadUserInput for a text that no name can contain: one longer than any, which databases refuse to look for, or
 * one with control characters, of which NUL would end the text for the database.
 */
function searchText(text: Optional<string>): Optional<string> {
  if (/\p{Cc}/u.test(text ?? '')) throw new BadUserInput('search', 'has a control character; no name contains one.');
  if ((text?.length ?? 0) <= MAX_SEARCH) return text;
  throw new BadUserInput('search', `is longer than ${String(MAX_SEARCH)} characters.`);
}
