import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  graphql,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  getNamedType,
  parse,
  subscribe,
  type ExecutionResult,
} from 'graphql';
import { type Permission, ROLES } from '../../src/domain';
import { buildSlipwaySchema, formatGraphqlError, type GraphqlContext } from '../../src/graphql';
import { ACCESS, SIGNED_IN } from '../../src/graphql/access';
import { rootFields } from '../../src/graphql/schema';

const schema = buildSlipwaySchema();
const ACTOR = { id: 'eve', name: 'Eve' };

/** The permission of each operation, as the contract names it. */
const CONTRACT: Record<string, Permission | typeof SIGNED_IN> = {
  'Query.verification': 'audit:read',
  'Query.viewer': SIGNED_IN,
  'Query.packages': 'release:read',
  'Query.package': 'release:read',
  'Query.releases': 'release:read',
  'Query.release': 'release:read',
  'Query.drafts': 'release:read',
  'Query.draft': 'release:read',
  'Query.validationReport': 'release:read',
  'Query.validationRules': 'release:read',
  'Query.activeReleases': 'release:read',
  'Query.activationPlan': 'release:read',
  'Query.rollbackPlan': 'release:read',
  'Query.rollbackActivationPlan': 'release:read',
  'Query.deactivationPlan': 'release:read',
  'Query.activation': 'audit:read',
  'Query.activations': 'audit:read',
  'Query.auditLog': 'audit:read',
  'Query.event': 'audit:read',
  'Query.events': 'audit:read',
  'Query.drift': 'audit:read',
  'Query.historyFindings': 'audit:read',
  'Mutation.startDraft': 'draft:edit',
  'Mutation.saveArtifacts': 'draft:edit',
  'Mutation.discardChanges': 'draft:edit',
  'Mutation.abandonDraft': 'draft:edit',
  'Mutation.commitDraft': 'release:commit',
  'Mutation.stageRelease': 'release:stage',
  'Mutation.activateReleases': 'release:activate',
  'Mutation.deactivate': 'release:activate',
  'Mutation.rollback': 'release:rollback',
  'Mutation.rollbackActivation': 'release:rollback',
  'Mutation.tagRelease': 'release:tag',
  'Mutation.resolveDrift': 'drift:resolve',
  'Subscription.activations': 'release:read',
  'Subscription.releaseChanges': 'release:read',
  'Subscription.events': 'audit:read',
  'Subscription.driftChanged': 'audit:read',
};

/** The services of a context, none of which may be reached by somebody who is refused. */
const UNREACHABLE = new Proxy({} as never, {
  get: (_target, name) => {
    throw new Error(`reached ${String(name)}`);
  },
});

function contextOf(permissions: readonly Permission[] | null): GraphqlContext {
  return {
    viewer: permissions === null ? null : { actor: ACTOR, roles: [], permissions },
    application: UNREACHABLE,
    projections: UNREACHABLE,
    lastVerification: () => {
      throw new Error('reached lastVerification');
    },
    loaders: UNREACHABLE,
    budget: { draftValidations: 0, planTargets: 0 },
    clock: { now: () => '2026-03-01T00:00:00.000Z' },
    correlationId: 'test',
    upToDate: () => Promise.reject(new Error('reached upToDate')),
    seen: () => Promise.resolve(),
  };
}

const operations = rootFields(schema).map(({ name, access }) => ({ name, access, source: operationFor(name) }));

describe('access', () => {
  it('gives each operation the permission that the contract names, and leaves none without', () => {
    expect(Object.fromEntries(operations.map(({ name, access }) => [name, access]))).toEqual(CONTRACT);
  });

  it.each(operations)('refuses $name to whoever is not signed in', async ({ source }) => {
    expect(await outcome(source, null)).toBe('UNAUTHENTICATED');
  });

  it.each(operations.filter(({ access }) => access !== SIGNED_IN))(
    'refuses $name to an actor who holds everything but $access',
    async ({ source, access }) => {
      expect(
        await outcome(
          source,
          ROLES.admin.filter((permission) => permission !== access),
        ),
      ).toBe(`FORBIDDEN ${String(access)}`);
    },
  );

  it.each(operations.filter(({ access }) => access !== SIGNED_IN))(
    'lets $name through for an actor who holds $access and nothing else',
    async ({ source, access }) => {
      expect(await outcome(source, [access as Permission])).toBe('INTERNAL');
    },
  );

  it('makes every query but viewer wait for the position that the request names', async () => {
    const queries = operations.filter(({ name, access }) => name.startsWith('Query.') && access !== SIGNED_IN);
    for (const { name, source } of queries) {
      expect([name, await reason(source, ROLES.admin)]).toEqual([name, 'reached upToDate']);
    }
  });

  it('lets a viewer read and subscribe and nothing else', () => {
    const allowed = operations.filter(({ access }) => ROLES.viewer.includes(access as Permission));
    expect(allowed.some(({ name }) => name.startsWith('Mutation.'))).toBe(false);
    expect(operations.filter(({ name }) => !name.startsWith('Mutation.'))).toHaveLength(allowed.length + 1);
  });

  it('asks for the audit permission where history hangs below something readable', () => {
    const nested = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter((type) => !['Query', 'Mutation', 'Subscription'].includes(type.name))
      .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const))
      .filter(([, field]) => field.extensions[ACCESS] !== undefined)
      .map(([name, field]) => `${name} ${String(field.extensions[ACCESS])}`);
    expect(nested.sort()).toEqual(['Package.history audit:read', 'Release.activations audit:read']);
  });
});

async function execute(source: string, permissions: readonly Permission[] | null): Promise<ExecutionResult> {
  const contextValue = contextOf(permissions);
  if (!source.startsWith('subscription')) return graphql({ schema, source, contextValue });
  const result = await subscribe({ schema, document: parse(source), contextValue });
  return 'errors' in result ? result : {};
}

/** Code of the first error, with the missing permission. */
async function outcome(source: string, permissions: readonly Permission[] | null): Promise<string> {
  const [error] = (await execute(source, permissions)).errors ?? [];
  const log = { error: () => undefined };
  const { code, permission } = formatGraphqlError(error, { correlationId: 'test', log }).extensions ?? {};
  return typeof permission === 'string' ? `${String(code)} ${permission}` : String(code);
}

async function reason(source: string, permissions: readonly Permission[]): Promise<string | undefined> {
  return (await execute(source, permissions)).errors?.[0]?.message;
}

/** A valid operation on one root field, with something for every required argument. */
function operationFor(name: string): string {
  const [typeName = '', fieldName = ''] = name.split('.');
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (field === undefined) throw new Error(`${name} is no field`);
  return `${typeName.toLowerCase()} { ${fieldName}${argumentsOf(field)} ${isCompositeType(getNamedType(field.type)) ? '{ __typename }' : ''} }`;
}

function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const required = args.filter((arg: GraphQLArgument) => isNonNullType(arg.type));
  return required.length === 0 ? '' : `(${required.map((arg) => `${arg.name}: ${valueOf(arg.type)}`).join(', ')})`;
}

function valueOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return `[${valueOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (!isInputObjectType(type)) return '"x"';
  const fields = Object.values(type.getFields()).filter(isRequiredInputField);
  return `{ ${fields.map((field) => `${field.name}: ${valueOf(field.type)}`).join(', ')} }`;
}
