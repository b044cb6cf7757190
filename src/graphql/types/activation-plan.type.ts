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

  @Field(() => [Blocker], { description: 'What should be known before it; refuses nothing.' })
  readonly warnings!: readonly Blocker[];

  @Field(() => [ID], { description: 'Active packages that depend on a changed one, directly or through others.' })
  readonly affected!: readonly string[];

  @Field(() => JsonScalar, { description: 'The whole map after the move, package id -> version.' })
  readonly pointer!: Readonly<Record<string, string>>;
}
