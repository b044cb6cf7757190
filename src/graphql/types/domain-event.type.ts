import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar, JsonScalar, PositionScalar } from '../scalars';
import { Actor } from './actor.type';

@ObjectType({
  simpleResolvers: true,
  description: 'One event as it is stored for ever. Everything else this API shows is derived from these.',
})
export class DomainEvent {
  @Field(() => ID, { description: 'Its id, unique in every log.' })
  readonly id!: string;

  @Field(() => PositionScalar, { description: 'Its place in the whole log.' })
  readonly position!: string;

  @Field(() => String, { description: 'The stream it belongs to, for example `pointer-production`.' })
  readonly stream!: string;

  @Field(() => Int, { description: 'Its place in its stream, counted from 0.' })
  readonly revision!: number;

  @Field(() => String, { description: 'What happened, for example `Activated`.' })
  readonly type!: string;

  @Field(() => DateTimeScalar, { description: 'When it was recorded.' })
  readonly occurredAt!: string;

  @Field(() => Actor, { description: 'Who gave the command.' })
  readonly actor!: Actor;

  @Field(() => JsonScalar, { description: 'The facts, in the shape of the event type.' })
  readonly data!: unknown;

  @Field(() => JsonScalar, {
    description:
      'Ids, digests and the link of the hash chain: `previousHash` and `hash` prove that nothing was altered.',
  })
  readonly metadata!: unknown;
}
