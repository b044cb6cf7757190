import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray, type PubSub } from 'type-graphql';
import { ACCESS, checkAccess } from './access';
import { ActivationPlanResolver } from './resolvers/activation-plan.resolver';
import { ActivationResolver } from './resolvers/activation.resolver';
import { ActiveReleasesResolver } from './resolvers/active-releases.resolver';
import { AuditEntryResolver } from './resolvers/audit-entry.resolver';
import { DomainEventResolver } from './resolvers/domain-event.resolver';
import { DraftMutations } from './resolvers/draft.mutations';
import { DraftResolver } from './resolvers/draft.resolver';
import { HistoryFindingResolver } from './resolvers/history-finding.resolver';
import { DriftResolver } from './resolvers/drift.resolver';
import { PackageResolver } from './resolvers/package.resolver';
import { PointerChangeResolver } from './resolvers/pointer-change.resolver';
import { PointerMutations } from './resolvers/pointer.mutations';
import { ReleaseChangeResolver } from './resolvers/release-change.resolver';
import { ReleaseMutations } from './resolvers/release.mutations';
import { ReleaseResolver } from './resolvers/release.resolver';
import { RemedyReleaseResolver } from './resolvers/remedy-release.resolver';
import { ValidationReportResolver } from './resolvers/validation-report.resolver';
import { ValidationRuleResolver } from './resolvers/validation-rule.resolver';
import { VerificationResolver } from './resolvers/verification.resolver';
import { ViewerResolver } from './resolvers/viewer.resolver';

const RESOLVERS: NonEmptyArray<new () => object> = [
  ActivationPlanResolver,
  ActivationResolver,
  ActiveReleasesResolver,
  AuditEntryResolver,
  DomainEventResolver,
  DraftMutations,
  DraftResolver,
  HistoryFindingResolver,
  DriftResolver,
  PackageResolver,
  PointerChangeResolver,
  PointerMutations,
  ReleaseChangeResolver,
  ReleaseMutations,
  ReleaseResolver,
  RemedyReleaseResolver,
  ValidationReportResolver,
  ValidationRuleResolver,
  VerificationResolver,
  ViewerResolver,
];

/** The whole API as an executable schema. Deny by default: a root field that nobody gave an access rule stops the start. */
export function buildSlipwaySchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    authChecker: checkAccess,
    authMode: 'error',
    pubSub: NO_TOPICS,
    validate: false,
    // By an introspection query that takes longer than all else; the server refuses a schema that is not valid by itself.
    skipCheck: true,
  });
  const open = rootFields(schema).filter(({ access }) => access === undefined);
  if (open.length > 0) throw new Error(`No access rule for ${open.map(({ name }) => name).join(', ')}.`);
  return schema;
}

/** The schema as text, sorted, so that it changes only when the API does: what `schema.graphql` holds. */
export function printSlipwaySchema(schema: GraphQLSchema = buildSlipwaySchema()): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** Fields of the three root types, as `Type.field`, with the access rule each carries. */
export function rootFields(schema: GraphQLSchema): readonly { readonly name: string; readonly access: unknown }[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({
      name: `${type?.name ?? ''}.${field.name}`,
      access: field.extensions[ACCESS],
    })),
  );
}

/** Subscriptions pull from the feeds of the projections. The library asks for a bus of topics all the same. */
const NO_TOPICS: PubSub = {
  publish: () => {
    throw new Error('Slipway publishes no topics.');
  },
  subscribe: () => {
    throw new Error('Slipway has no topics to subscribe to.');
  },
};
