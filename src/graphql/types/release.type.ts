import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../scalars';
import { Actor } from './actor.type';
import { ChangeType, ReleaseState } from './enums';

@ObjectType({
  simpleResolvers: true,
  description: 'A package at a version: a directory of files under one Git tree id, on its way to production.',
})
export class Release {
  @Field(() => ID, { description: '`PACKAGE@VERSION`, for example `project_discovery@1.5.0`.' })
  readonly id!: string;

  readonly packageId!: string;

  @Field(() => String, { description: 'Semantic version, for example `1.5.0`.' })
  readonly version!: string;

  @Field(() => ReleaseState, { description: 'Where it stands on its way to production.' })
  readonly state!: ReleaseState;

  @Field(() => Boolean, {
    description: 'True when it was taken over from an existing repository instead of being committed here.',
  })
  readonly adopted!: boolean;

  @Field(() => ChangeType, {
    nullable: true,
    description: 'How much it changes against its base; null when it was adopted or is the first release.',
  })
  readonly changeType!: ChangeType | null;

  @Field(() => String, {
    nullable: true,
    description: 'The version its draft built on; null when it was adopted or is the first release.',
  })
  readonly baseVersion!: string | null;

  @Field(() => String, { description: 'What changed and why, as said at the commit.' })
  readonly message!: string;

  @Field(() => String, { description: 'Id of the Git commit that holds it.' })
  readonly commit!: string;

  @Field(() => String, { description: 'Git tree id of its directory: the digest that locks its content.' })
  readonly tree!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The draft branch it was committed on, for example `draft/better-questions`; null when adopted.',
  })
  readonly branch!: string | null;

  @Field(() => Actor, { description: 'Who committed it.' })
  readonly committedBy!: Actor;

  @Field(() => DateTimeScalar, { description: 'When it was committed.' })
  readonly committedAt!: string;

  @Field(() => Actor, { nullable: true, description: 'Who staged it; null until then.' })
  readonly stagedBy!: Actor | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was staged; null until then.' })
  readonly stagedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Its Git tag, for example `project_discovery/v1.5.0`.' })
  readonly tag!: string | null;

  /** Id of its latest report; absent right after a command, when only the read model knows. */
  readonly reportId?: string | null;

  /** Event id of the move that took it out of production; absent as above. */
  readonly retiringMove?: string | null;
}
