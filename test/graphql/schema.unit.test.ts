import {
  getIntrospectionQuery,
  getNamedType,
  type GraphQLNamedType,
  graphqlSync,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  parse,
} from 'graphql';
import { buildSlipwaySchema, printSlipwaySchema } from '../../src/graphql';

const schema = buildSlipwaySchema();

type Described = readonly [name: string, description: string | null | undefined];

/** Everything a client can read about: `Type`, `Type.field`, `Type.field(argument)`. */
function describedThings(): readonly Described[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  return types.flatMap((type): readonly Described[] => {
    const isRoot = ['Query', 'Mutation', 'Subscription'].includes(type.name);
    return [...(isRoot ? [] : [[type.name, type.description] as const]), ...membersOf(type)];
  });
}

function membersOf(type: GraphQLNamedType): readonly Described[] {
  if (isEnumType(type)) return type.getValues().map((value) => [`${type.name}.${value.name}`, value.description]);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field.description]);
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field): readonly Described[] => [
    [`${type.name}.${field.name}`, field.description],
    ...field.args.map((arg): Described => [`${type.name}.${field.name}(${arg.name})`, arg.description]),
  ]);
}

describe('the schema', () => {
  it('is valid, and tells all of itself', () => {
    expect(graphqlSync({ schema, source: getIntrospectionQuery() }).errors).toBeUndefined();
  });

  it('says of every type, field, argument and enum value what it is, except for the scalars of GraphQL itself', () => {
    const silent = describedThings().filter(([, description]) => (description ?? '').length < 8);
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('prints the same text whenever it is built, and the text is GraphQL', () => {
    const text = printSlipwaySchema(schema);
    expect(printSlipwaySchema(buildSlipwaySchema())).toBe(text);
    expect(parse(text).definitions.length).toBeGreaterThan(50);
  });

  it('keeps what resolvers need of a parent to itself', () => {
    const release = schema.getType('Release');
    const fields = isObjectType(release) ? Object.keys(release.getFields()) : [];
    expect(fields).not.toEqual(expect.arrayContaining(['packageId']));
    expect(fields).toContain('package');
  });

  it('caps every list by `first`, with a default', () => {
    const lists = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
      .filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'));
    expect(lists.length).toBeGreaterThan(8);
    for (const { field } of lists) {
      const first = field.args.find((arg) => arg.name === 'first');
      expect(`${field.name} first: ${String(first?.type)} = ${String(first?.defaultValue)}`).toMatch(
        /first: Int = (20|50|100)$/,
      );
    }
  });
});
