import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Reads } from '../access';
import { type GraphqlContext } from '../context';
import { toAuditEntry } from '../mappers/audit-entry.mapper';
import { toConnection } from '../mappers/connection.mapper';
import { DateTimeScalar } from '../scalars';
import { Activation } from '../types/activation.type';
import { AuditEntry } from '../types/audit-entry.type';
import { type ConnectionShape } from '../types/connection.type';
import { AuditConnection } from '../types/connections';
import { DomainEvent } from '../types/domain-event.type';
import { AuditAction } from '../types/enums';
import { Package } from '../types/package.type';
import { ValidationReport } from '../types/validation-report.type';
import { activationById, eventById, packageById, reportById } from './nested';
import { type Optional } from './optional';
import { AFTER, first, pageOf } from './page-args';

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  @Query(() => AuditConnection, { description: 'Who did what to which package, when and why; newest first.' })
  @Reads('audit:read')
  auditLog(
    @Arg('package', () => ID, { nullable: true, description: 'Only this package.' }) id: Optional<string>,
    @Arg('actor', () => ID, { nullable: true, description: 'Only this actor.' }) actor: Optional<string>,
    @Arg('actions', () => [AuditAction], { nullable: true, description: 'Only these actions.' })
    actions: Optional<readonly AuditAction[]>,
    @Arg('from', () => DateTimeScalar, { nullable: true, description: 'Only from this moment on.' })
    from: Optional<string>,
    @Arg('to', () => DateTimeScalar, { nullable: true, description: 'Only up to this moment, itself included.' })
    to: Optional<string>,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<AuditEntry> {
    const filter = { package: id, actor, actions, from, to };
    return toConnection(projections.readModel.auditLog(filter, pageOf(limit, 50, after)), toAuditEntry);
  }

  @FieldResolver(() => Package, { nullable: true, description: 'The package; null when it is about the repository.' })
  package(@Root() { packageId }: AuditEntry, @Ctx() { loaders }: GraphqlContext): Promise<Package | null> {
    return packageById(loaders, packageId);
  }

  @FieldResolver(() => DomainEvent, { description: 'The event as it is stored.' })
  event(@Root() { eventId }: AuditEntry, @Ctx() { loaders }: GraphqlContext): Promise<DomainEvent | null> {
    return eventById(loaders, eventId);
  }

  @FieldResolver(() => Activation, { nullable: true, description: 'The move of the pointer, where it is one.' })
  activation(@Root() { activationId }: AuditEntry, @Ctx() { loaders }: GraphqlContext): Promise<Activation | null> {
    return activationById(loaders, activationId);
  }

  @FieldResolver(() => ValidationReport, { nullable: true, description: 'The report, where a validation was stored.' })
  validation(@Root() { reportId }: AuditEntry, @Ctx() { loaders }: GraphqlContext): Promise<ValidationReport | null> {
    return reportById(loaders, reportId);
  }
}
