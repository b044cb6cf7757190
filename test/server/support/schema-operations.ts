import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  getNamedType,
} from 'graphql';

/** A field of a root type as an operation that GraphQL accepts, with the least that its arguments ask for. */
export interface RootOperation {
  readonly name: string;
  readonly query: string;
}

/** Every operation of a root type, made from the schema: one that is added later is in here too. */
export function rootOperations(schema: GraphQLSchema, kind: 'query' | 'mutation' | 'subscription'): RootOperation[] {
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  return Object.values(roots[kind]?.getFields() ?? {}).map((field) => ({
    name: field.name,
    query: `${kind} { ${field.name}${argumentsOf(field)}${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''} }`,
  }));
}

function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  const required = field.args.filter(({ type }) => isNonNullType(type));
  return required.length === 0 ? '' : `(${required.map(({ name, type }) => `${name}: ${leastOf(type)}`).join(', ')})`;
}

function leastOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return leastOf(type.ofType);
  if (isListType(type)) return `[${leastOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (!isInputObjectType(type)) return type.name === 'Boolean' ? 'false' : '"nothing"';
  const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
  return `{ ${required.map((field) => `${field.name}: ${leastOf(field.type)}`).join(', ')} }`;
}
