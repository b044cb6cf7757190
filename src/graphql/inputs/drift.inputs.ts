import { Field, InputType } from 'type-graphql';
import { DriftPlace, DriftRemedy } from '../types/enums';

@InputType({ description: 'A remedy for refs that are not what the event log predicts.' })
export class ResolveDriftInput {
  @Field(() => DriftRemedy, { description: 'What to do.' })
  readonly remedy!: DriftRemedy;

  @Field(() => String, {
    nullable: true,
    description:
      'Only this ref: a branch such as `main`, or a full name such as `refs/tags/project_discovery/v1.5.0`. By default every one that the remedy fits.',
  })
  readonly ref?: string | null;

  @Field(() => DriftPlace, { nullable: true, description: 'Only in this place.' })
  readonly place?: DriftPlace | null;

  @Field(() => String, { nullable: true, description: 'Why, in one line; stored with who did it.' })
  readonly reason?: string | null;
}
