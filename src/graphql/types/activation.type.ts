import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar, PositionScalar } from '../scalars';
import { Actor } from './actor.type';
import { ActivationAction, ErrorCode } from './enums';

@ObjectType({ simpleResolvers: true, description: 'What one move of the pointer does to one package.' })
export class PointerChange {
  @Field(() => ID, { description: 'The package.' })
  readonly packageId!: string;

  @Field(() => String, { nullable: true, description: 'Active before the move; null when nothing was.' })
  readonly fromVersion!: string | null;

  @Field(() => String, { nullable: true, description: 'Active after the move; null when the package left production.' })
  readonly toVersion!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'One move of the active pointer, of one package or of many at once. A set is one move, one event and one Git commit.',
})
export class Activation {
  @Field(() => ID, { description: 'Id of its event.' })
  readonly id!: string;

  @Field(() => PositionScalar, { description: 'Place of its event in the log.' })
  readonly position!: string;

  @Field(() => ActivationAction, { description: 'Activation, rollback, deactivation, or adoption.' })
  readonly action!: ActivationAction;

  @Field(() => DateTimeScalar, {
    description: 'When it happened; of an adopted move with history the date of its commit.',
  })
  readonly at!: string;

  @Field(() => Actor, {
    description:
      'Who did it; of an adopted move with history the author that its commit names, whom nobody authenticated.',
  })
  readonly actor!: Actor;

  @Field(() => String, { description: 'Why, as said at the move.' })
  readonly reason!: string;

  @Field(() => [PointerChange], { description: 'What it changed, one entry per package, sorted by package id.' })
  readonly changes!: readonly PointerChange[];

  @Field(() => [ErrorCode], { description: 'Blockers that were knowingly overridden; empty when there were none.' })
  readonly overrides!: readonly ErrorCode[];

  /** Revision in the pointer's stream: what the whole map after the move is read by. */
  readonly revision!: number;

  /** The whole map after the move, where the move itself brought it along. */
  readonly pointerAfter?: Readonly<Record<string, string>>;

  /** Its commit; absent right after a command, when only the read model knows. */
  readonly pointerCommit?: string | null;
}
