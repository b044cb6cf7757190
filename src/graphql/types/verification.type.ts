import { Field, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar, PositionScalar } from '../scalars';

@ObjectType({ description: 'One thing that is not what the event log predicts.' })
export class VerificationDifference {
  @Field(() => String, { description: 'In one sentence.' })
  what!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The event it belongs to, as stream@revision; null when to none.',
  })
  event!: string | null;

  @Field(() => String, { nullable: true, description: 'What the log predicts; null when it predicts nothing there.' })
  expected!: string | null;

  @Field(() => String, { nullable: true, description: 'What is there; null when nothing is.' })
  found!: string | null;
}

@ObjectType({ description: 'One check of a verification.' })
export class VerificationCheck {
  @Field(() => String, { description: 'chain, commits, trees, pointer, readModels or objects.' })
  check!: string;

  @Field(() => Boolean, { description: 'All of it was checked, and nothing differs.' })
  passed!: boolean;

  @Field(() => Int, { description: 'How many things were compared.' })
  compared!: number;

  @Field(() => VerificationDifference, {
    nullable: true,
    description: 'The first difference; null when none was found.',
  })
  difference!: VerificationDifference | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it, or a part of it, could not be checked; null when all was.',
  })
  unchecked!: string | null;
}

@ObjectType({ description: 'A proof that the event log, Git and the read models agree, or where they first differ.' })
export class Verification {
  @Field(() => Boolean, { description: 'Every check passed.' })
  passed!: boolean;

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  startedAt!: string;

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  durationMs!: number;

  @Field(() => Int, { description: 'Events that were read.' })
  events!: number;

  @Field(() => PositionScalar, {
    nullable: true,
    description: 'The last event that was read; null when there was none.',
  })
  position!: string | null;

  @Field(() => Int, { description: 'Commits that were not on main yet: a lag, no fault.' })
  unpublished!: number;

  @Field(() => [VerificationCheck], { description: 'Each check and what it found.' })
  checks!: VerificationCheck[];
}
