import { Field, ID, ObjectType } from 'type-graphql';
import { JsonScalar } from '../scalars';
import { PointerChange } from './activation.type';
import { ErrorCode } from './enums';

@ObjectType({
  simpleResolvers: true,
  description: 'One thing that stands against a move of the pointer, or that should be known before it.',
})
export class Blocker {
  @Field(() => ErrorCode, { description: 'Its code: what the move would be refused with.' })
  readonly code!: ErrorCode;

  @Field(() => ID, { nullable: true, description: 'The member of the move it is about; null when it is about all.' })
  readonly packageId!: string | null;

  @Field(() => String, { description: 'What stands against the move.' })
  readonly message!: string;

  @Field(() => String, { description: 'What to do about it.' })
  readonly unblock!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A release that has to be activated as well for a blocked move to be safe.',
})
export class RemedyRelease {
  @Field(() => ID, { description: 'The package.' })
  readonly packageId!: string;

  @Field(() => String, { description: 'The version to activate.' })
  readonly version!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What a move of the pointer would do: made by the same code as the move, writes nothing. ' +
    'Give its `id` to the move to be sure that exactly this happens.',
})
export class ActivationPlan {
  @Field(() => ID, { description: 'Digest of its changes. Moves of other packages do not outdate it.' })
  readonly id!: string;

  @Field(() => Boolean, { description: 'True when nothing stands against it.' })
  readonly ok!: boolean;

  @Field(() => [PointerChange], { description: 'What would change, one entry per package, sorted by package id.' })
  readonly changes!: readonly PointerChange[];

  @Field(() => [Blocker], { description: 'Everything that refuses the move; empty when it may happen.' })
  readonly blockers!: readonly Blocker[];

  @Field(() => [RemedyRelease], {
    nullable: true,
    description:
      'The smallest set of staged or formerly active releases that makes a plan safe which only dependencies block. ' +
      'For an activation: activate them in the same move. For a rollback or a deactivation: activate them first, in one move. ' +
      'Empty when nothing stands against the plan. Null when something else than dependencies does, and when no such set ' +
      'was found; `unblock` of each blocker then says what to stage.',
  })
  readonly remedy!: readonly RemedyRelease[] | null;

  @Field(() => [Blocker], { description: 'What should be known before it; refuses nothing.' })
  readonly warnings!: readonly Blocker[];

  @Field(() => [ID], { description: 'Active packages that depend on a changed one, directly or through others.' })
  readonly affected!: readonly string[];

  @Field(() => JsonScalar, { description: 'The whole map after the move, package id -> version.' })
  readonly pointer!: Readonly<Record<string, string>>;
}
