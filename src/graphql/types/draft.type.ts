import { Field, ID, ObjectType } from 'type-graphql';
import { type DraftAnswer } from '../../application';
import { DateTimeScalar } from '../scalars';
import { Actor } from './actor.type';

@ObjectType({
  simpleResolvers: true,
  description:
    'Uncommitted changes to one package on an editing branch. A draft has no effect on production and may be abandoned.',
})
export class Draft {
  @Field(() => ID, { description: 'Its name, as given or made when it was started.' })
  readonly id!: string;

  readonly packageId!: string;

  /** What the application said of it: content, changes and validation are asked for with it. */
  readonly answer!: DraftAnswer;

  @Field(() => String, {
    nullable: true,
    description:
      'The release it builds on: the one it started from, or the last that was staged from it. Null for a new package.',
  })
  readonly baseVersion!: string | null;

  @Field(() => String, { description: 'The Git branch that can be fetched, for example `draft/better-questions`.' })
  readonly branch!: string;

  @Field(() => String, {
    description: 'Id of the commit that holds the draft as it stands. Give it back as `expectedHead` when you save.',
  })
  readonly head!: string;

  @Field(() => Actor, { description: 'Who started it.' })
  readonly createdBy!: Actor;

  @Field(() => DateTimeScalar, { description: 'When it was started.' })
  readonly createdAt!: string;

  @Field(() => DateTimeScalar, { description: 'When it was last saved.' })
  readonly updatedAt!: string;

  @Field(() => Boolean, {
    description: 'True when it differs from its last commit, or from its base while it has none.',
  })
  readonly dirty!: boolean;
}
