import { Field, ObjectType } from 'type-graphql';
import { JsonScalar } from '../scalars';
import { ChangeType } from './enums';

@ObjectType({
  simpleResolvers: true,
  description: 'One thing that differs from the base release, and the change type it needs.',
})
export class ChangeReason {
  @Field(() => ChangeType, { description: 'The smallest change type that may be declared for it.' })
  readonly changeType!: ChangeType;

  @Field(() => String, { description: 'Id of the rule that says so, for example `schema-property-removed`.' })
  readonly rule!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The file, relative to the release directory; null when it is about the release as a whole.',
  })
  readonly path!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'JSON pointer (RFC 6901) into the file as it is now, or as it was where the place is gone.',
  })
  readonly pointer!: string | null;

  @Field(() => String, { description: 'What differs, in plain words.' })
  readonly message!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'For a breaking change of a schema: a document that it accepted before and refuses now, checked against both. ' +
      'Null where none was made.',
  })
  readonly example!: unknown;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The change type that the content of a draft needs, compared with the release it builds on, and why.',
})
export class ChangeClassification {
  @Field(() => ChangeType, {
    description: 'The smallest change type that the draft can be committed with. A larger one may be declared.',
  })
  readonly required!: ChangeType;

  @Field(() => String, { description: 'The version it would get when it is committed now with this change type.' })
  readonly nextVersion!: string;

  @Field(() => [ChangeReason], { description: 'Largest change first. At most 200 are listed; `required` counts all.' })
  readonly reasons!: readonly ChangeReason[];
}
