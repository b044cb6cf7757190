import { Field, ID, InputType } from 'type-graphql';
import { ErrorCode } from '../types/enums';
import { IDEMPOTENCY_KEY, OVERRIDE, PLAN, REASON } from './field-descriptions';
import { ReleaseInput } from './release.inputs';

@InputType({ description: 'Releases to put into production together, in one move.' })
export class ActivateReleasesInput {
  @Field(() => [ReleaseInput], { description: 'The releases, one per package. All of them, or none, become active.' })
  readonly releases!: readonly ReleaseInput[];

  @Field(() => String, { description: REASON })
  readonly reason!: string;

  @Field(() => ID, { nullable: true, description: PLAN })
  readonly plan?: string | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  readonly idempotencyKey?: string | null;
}

@InputType({ description: 'A package to move back to a release that was in production before.' })
export class RollbackInput {
  @Field(() => ID, { description: 'The package.' })
  readonly package!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What you believe to be active. When it is not, nothing moves: a double click moves once.',
  })
  readonly fromVersion?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A version that was in production before; by default the one before the active one.',
  })
  readonly toVersion?: string | null;

  @Field(() => String, { description: REASON })
  readonly reason!: string;

  @Field(() => ID, { nullable: true, description: PLAN })
  readonly plan?: string | null;

  @Field(() => [ErrorCode], { nullable: true, description: OVERRIDE })
  readonly override?: readonly ErrorCode[] | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  readonly idempotencyKey?: string | null;
}

@InputType({ description: 'A whole activation to take back, as a set.' })
export class RollbackActivationInput {
  @Field(() => ID, { description: 'The activation; only one of action `ACTIVATED` can be taken back as a set.' })
  readonly activation!: string;

  @Field(() => String, { description: REASON })
  readonly reason!: string;

  @Field(() => ID, { nullable: true, description: PLAN })
  readonly plan?: string | null;

  @Field(() => [ErrorCode], { nullable: true, description: OVERRIDE })
  readonly override?: readonly ErrorCode[] | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  readonly idempotencyKey?: string | null;
}

@InputType({ description: 'Packages to take out of production together, in one move.' })
export class DeactivateInput {
  @Field(() => [ID], { description: 'The packages.' })
  readonly packages!: readonly string[];

  @Field(() => String, { description: REASON })
  readonly reason!: string;

  @Field(() => ID, { nullable: true, description: PLAN })
  readonly plan?: string | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  readonly idempotencyKey?: string | null;
}
