import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../scalars';
import { Severity } from './enums';

@ObjectType({ simpleResolvers: true, description: 'A commit of the adopted history.' })
export class HistoryCommit {
  @Field(() => String, { description: 'The Git commit.' })
  readonly commit!: string;

  @Field(() => DateTimeScalar, { description: 'Its committer date.' })
  readonly at!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'One irregularity of the history that was adopted, from before Slipway: a release edited after it was active, a pointer that named nothing, and the like.',
})
export class HistoryFinding {
  @Field(() => String, { description: 'What it is, for example `release-edited-after-activation`: stable.' })
  readonly rule!: string;

  @Field(() => Severity, {
    description: 'An error where what production read, or what a version stands for, was not what the history says.',
  })
  readonly severity!: Severity;

  @Field(() => String, { description: 'What was found, for people.' })
  readonly message!: string;

  @Field(() => HistoryCommit, { description: 'The commit in which it begins.' })
  readonly begins!: HistoryCommit;

  @Field(() => HistoryCommit, {
    nullable: true,
    description:
      'The commit from which on it was not so any more; null for what one commit did, and for what still is so.',
  })
  readonly ends!: HistoryCommit | null;

  @Field(() => ID, { nullable: true, description: 'The package it is about, where it is about one.' })
  readonly packageId!: string | null;

  @Field(() => String, { nullable: true, description: 'The version it is about, where it is about one.' })
  readonly version!: string | null;

  @Field(() => String, { nullable: true, description: 'The path it is about, relative to the repository root.' })
  readonly path!: string | null;
}
