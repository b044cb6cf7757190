import { Field, ID, InputType } from 'type-graphql';
import { IDEMPOTENCY_KEY } from './field-descriptions';

@InputType({ description: 'Names a release.' })
export class ReleaseInput {
  @Field(() => ID, { description: 'The package.' })
  readonly package!: string;

  @Field(() => String, { description: 'The version, for example `1.5.0`.' })
  readonly version!: string;
}

@InputType({ description: 'The release to validate and stage.' })
export class StageReleaseInput {
  @Field(() => ID, { description: 'The package.' })
  readonly package!: string;

  @Field(() => String, { description: 'The version.' })
  readonly version!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The `commit` you looked at. When it was committed again, the command is refused with `RELEASE_CHANGED`.',
  })
  readonly expectedCommit?: string | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  readonly idempotencyKey?: string | null;
}

@InputType({ description: 'The release to mark with a Git tag.' })
export class TagReleaseInput {
  @Field(() => ID, { description: 'The package.' })
  readonly package!: string;

  @Field(() => String, { description: 'The version.' })
  readonly version!: string;

  @Field(() => String, { nullable: true, description: 'Message of the tag; by default display name and version.' })
  readonly message?: string | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  readonly idempotencyKey?: string | null;
}
