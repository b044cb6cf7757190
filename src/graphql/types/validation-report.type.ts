import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../scalars';
import { Severity, ValidationCheck } from './enums';

@ObjectType({ simpleResolvers: true, description: 'The result of one check of a validation.' })
export class CheckResult {
  @Field(() => ValidationCheck, { description: 'Which check.' })
  readonly check!: ValidationCheck;

  @Field(() => Boolean, { description: 'True when it found no error.' })
  readonly passed!: boolean;

  @Field(() => Int, { description: 'Errors it found.' })
  readonly errorCount!: number;

  @Field(() => Int, { description: 'Warnings it found.' })
  readonly warningCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'One thing that a validation found.' })
export class Finding {
  @Field(() => ID, {
    description: 'Survives unrelated edits, so that the same finding can be recognised in another report.',
  })
  readonly fingerprint!: string;

  @Field(() => ValidationCheck, { description: 'The check that found it.' })
  readonly check!: ValidationCheck;

  @Field(() => String, { description: 'Id of the rule that found it.' })
  readonly rule!: string;

  @Field(() => Severity, { description: 'An error blocks staging, a warning never does.' })
  readonly severity!: Severity;

  @Field(() => String, { description: 'What is wrong and what to do about it.' })
  readonly message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The file, relative to the release directory; null when it is about the release as a whole.',
  })
  readonly path!: string | null;

  @Field(() => String, { nullable: true, description: 'JSON pointer (RFC 6901) into the file, where there is one.' })
  readonly pointer!: string | null;

  @Field(() => Int, { nullable: true, description: 'Line, counted from 1, where it is known.' })
  readonly line!: number | null;

  @Field(() => Int, { nullable: true, description: 'Column, counted from 1, where it is known.' })
  readonly column!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What the checks say of one state of a package. Same content, rules and planned map: same `digest`, on every run.',
})
export class ValidationReport {
  @Field(() => ID, {
    description: 'Id of the event that stored it; for a draft, which is not stored, `draft:NAME:DIGEST`.',
  })
  readonly id!: string;

  @Field(() => ID, { description: 'The package that was validated.' })
  readonly packageId!: string;

  @Field(() => String, { nullable: true, description: 'The version that was validated; null for a draft.' })
  readonly version!: string | null;

  @Field(() => String, { nullable: true, description: 'The Git commit that was validated; null for a draft.' })
  readonly commit!: string | null;

  @Field(() => String, { description: 'Git tree id of the content that was validated.' })
  readonly tree!: string;

  @Field(() => Boolean, { description: 'True when no check found an error.' })
  readonly valid!: boolean;

  @Field(() => DateTimeScalar, { description: 'When the checks ran.' })
  readonly validatedAt!: string;

  @Field(() => String, { description: 'SHA-256 of the report without its time: equal reports have equal digests.' })
  readonly digest!: string;

  @Field(() => String, {
    description: "SHA-256 of the rules, the limits and the repository's slipway.yaml that were in force.",
  })
  readonly rulesetDigest!: string;

  @Field(() => String, { description: 'SHA-256 of the map of active releases that it was judged against.' })
  readonly mapDigest!: string;

  @Field(() => [CheckResult], { description: 'The checks that ran, each with its result.' })
  readonly checks!: readonly CheckResult[];

  @Field(() => Int, { description: 'All errors, also those that the list of findings leaves out.' })
  readonly errorCount!: number;

  @Field(() => Int, { description: 'All warnings, also those that the list of findings leaves out.' })
  readonly warningCount!: number;

  @Field(() => Int, { description: 'How many findings the list leaves out because the report would be too large.' })
  readonly omitted!: number;

  /** All of them; the field of the API filters. */
  readonly allFindings!: readonly Finding[];
}
