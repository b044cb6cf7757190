import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar, JsonScalar, PositionScalar } from '../scalars';
import { Actor } from './actor.type';

@ObjectType({ simpleResolvers: true, description: 'One package in production.' })
export class ActiveEntry {
  @Field(() => ID, { description: 'The package.' })
  readonly packageId!: string;

  @Field(() => String, { description: 'The version that production reads.' })
  readonly version!: string;

  @Field(() => String, { nullable: true, description: 'What was active before it; null when nothing was.' })
  readonly previousVersion!: string | null;

  @Field(() => Actor, { description: 'Who moved the pointer to it.' })
  readonly activatedBy!: Actor;

  @Field(() => DateTimeScalar, { description: 'When the pointer was moved to it.' })
  readonly activatedAt!: string;

  @Field(() => String, { description: 'Why, as said at the move.' })
  readonly reason!: string;

  @Field(() => PositionScalar, { description: 'Position of the event that moved the pointer to it.' })
  readonly position!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The active pointer: which version of each package production reads, now or at a moment of the past.',
})
export class ActiveReleases {
  @Field(() => PositionScalar, { description: 'Position of the last move of the pointer that this state contains.' })
  readonly position!: string;

  @Field(() => Int, {
    description: 'Revision of the pointer: how many moves came before the last one it contains; -1 before the first.',
  })
  readonly revision!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Id of the Git commit on `main` that holds this state of the pointer file; null until it is published.',
  })
  readonly commit!: string | null;

  @Field(() => JsonScalar, { description: 'The whole map, package id -> version: `{"project_discovery": "1.5.0"}`.' })
  readonly pointer!: Readonly<Record<string, string>>;

  @Field(() => [ActiveEntry], { description: 'The same map with who, when and why; sorted by package id.' })
  readonly entries!: readonly ActiveEntry[];
}
