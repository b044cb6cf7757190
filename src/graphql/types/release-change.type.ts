import { Field, ObjectType } from 'type-graphql';
import { PositionScalar } from '../scalars';
import { ReleaseState } from './enums';

@ObjectType({
  simpleResolvers: true,
  description: 'A release went from one state to another: what a board of releases needs to stay up to date.',
})
export class ReleaseChange {
  @Field(() => PositionScalar, { description: 'Place of the event that did it. Resume with `after` from here.' })
  readonly position!: string;

  @Field(() => ReleaseState, { nullable: true, description: 'The state before; null when the release is new.' })
  readonly from!: ReleaseState | null;

  @Field(() => ReleaseState, { description: 'The state after.' })
  readonly to!: ReleaseState;

  readonly packageId!: string;
  readonly version!: string;
}
