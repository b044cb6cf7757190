import { Field, ID, ObjectType } from 'type-graphql';
import { Severity, ValidationCheck } from './enums';

@ObjectType({
  simpleResolvers: true,
  description:
    'One rule of the validation: what `Finding.rule` names. Its id never changes its meaning, so it can be looked up, counted and linked to.',
})
export class ValidationRule {
  @Field(() => ID, { description: 'Its name, unique among all rules: the `rule` of the findings it makes.' })
  readonly id!: string;

  @Field(() => ValidationCheck, { description: 'The check it is a part of.' })
  readonly check!: ValidationCheck;

  @Field(() => Severity, { description: 'What its findings are: an error blocks staging, a warning never does.' })
  readonly severity!: Severity;

  @Field(() => String, { description: 'What it finds, in one line.' })
  readonly description!: string;
}
