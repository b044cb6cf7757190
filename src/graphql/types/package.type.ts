import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A unit of configuration with versions, for example the document type `project_discovery`.',
})
export class Package {
  @Field(() => ID, {
    description: '`name` for packages of the default kind, `kind/name` for the others: `roles/technical_architect`.',
  })
  readonly id!: string;

  @Field(() => String, { description: 'The family it belongs to, for example `document_types`.' })
  readonly kind!: string;

  @Field(() => String, { description: 'Its name within its kind.' })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name for people, from the manifest of its newest release; null where the manifest has none.',
  })
  readonly displayName!: string | null;
}
